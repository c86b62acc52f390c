/** System tests of candles: from a feed over Kafka to the cache and the reports, on real parts and a simulated exchange. */
@org.jspecify.annotations.NullMarked
package io.plumbline.local.candles;
