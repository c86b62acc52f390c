@NullMarked
package io.plumbline.reconciler.kinds;

import org.jspecify.annotations.NullMarked;
