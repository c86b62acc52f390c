package io.plumbline.topics.config;

import java.time.Duration;

/**
 * When repairs are held: above either bound.
 *
 * @param maxCount repairs of one run (or, for the continuous run, within {@code slidingWindow})
 * @param maxRatio repairs over entities checked, between 0 and 1; looked at from 100 entities on
 */
public record BreakerConfig(long maxCount, double maxRatio, Duration slidingWindow) {}
