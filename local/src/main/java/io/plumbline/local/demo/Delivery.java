package io.plumbline.local.demo;

/** What becomes of a candle on its way from the feed. */
enum Delivery {
    /** It reaches the cache and Kafka. */
    WHOLE,
    /** It reaches neither: a dropped connection. */
    LOST,
    /** It reaches Kafka, but not the cache. */
    NOT_CACHED,
    /** It reaches both, and is taken out of the cache by hand. */
    REMOVED
}
