/** Cron lines and when they are due, across changes of the clocks. Pure: no clock, no Kafka. */
@NullMarked
package io.plumbline.ticker.cron;

import org.jspecify.annotations.NullMarked;
