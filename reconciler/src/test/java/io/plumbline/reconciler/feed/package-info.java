@NullMarked
package io.plumbline.reconciler.feed;

import org.jspecify.annotations.NullMarked;
