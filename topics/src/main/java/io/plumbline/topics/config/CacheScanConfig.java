package io.plumbline.topics.config;

import java.time.Duration;

/**
 * How the candle cache is scanned.
 *
 * @param series of one piece of work
 * @param outstanding pieces of work outstanding at a time
 * @param deadline after it a run is reported as failed
 */
public record CacheScanConfig(int series, int outstanding, Duration deadline) {}
