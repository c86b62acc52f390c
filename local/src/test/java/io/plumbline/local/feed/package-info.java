@NullMarked
package io.plumbline.local.feed;

import org.jspecify.annotations.NullMarked;
