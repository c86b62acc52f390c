/** The worker that holds the candle cache against what it should hold. */
@NullMarked
package io.plumbline.detector.scan;

import org.jspecify.annotations.NullMarked;
