/** What a scan of the cache is told to expect, cut into pieces that are bounded. Pure: no clock, no Kafka. */
@NullMarked
package io.plumbline.detector.scan;

import org.jspecify.annotations.NullMarked;
