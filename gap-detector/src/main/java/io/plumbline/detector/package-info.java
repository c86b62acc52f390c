/** The gap-detector: which candles of which series are missing. */
@NullMarked
package io.plumbline.detector;

import org.jspecify.annotations.NullMarked;
