/** The slots of a series of candles, and when one of them is missing. Pure: no clock, no Kafka. */
@NullMarked
package io.plumbline.detector.series;

import org.jspecify.annotations.NullMarked;
