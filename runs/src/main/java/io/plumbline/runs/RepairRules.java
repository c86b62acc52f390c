package io.plumbline.runs;

import io.plumbline.topics.config.BreakerConfig;
import java.time.Duration;

/**
 * What runs may have repaired of what they confirmed.
 *
 * @param repaired whether anything is
 * @param extrasDeleted whether extras are deleted
 * @param breaker what would be too much at once
 */
public record RepairRules(boolean repaired, boolean extrasDeleted, BreakerConfig breaker) {

    /** For kinds whose cases need no decision. */
    public static final RepairRules NONE =
            new RepairRules(false, false, new BreakerConfig(Long.MAX_VALUE, 1, Duration.ofMinutes(10)));
}
