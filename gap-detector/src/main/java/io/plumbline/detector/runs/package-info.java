/** Runs of candle jobs: scans of the cache, and the gaps that they find. */
@NullMarked
package io.plumbline.detector.runs;

import org.jspecify.annotations.NullMarked;
