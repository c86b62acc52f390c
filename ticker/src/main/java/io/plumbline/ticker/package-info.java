/** The ticker: cron ticks on Kafka, at most one per schedule and nominal instant. */
@NullMarked
package io.plumbline.ticker;

import org.jspecify.annotations.NullMarked;
