package io.plumbline.runs;

import io.plumbline.topics.config.BreakerConfig;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Holds repairs where there would be too many: above a count, or above a ratio of the entities checked. */
final class Breaker {

    /** Below this many entities checked a ratio says nothing. */
    static final long RATIO_FROM = 100;

    private final BreakerConfig config;

    Breaker(BreakerConfig config) {
        this.config = config;
    }

    /** Why these repairs are held; {@code null} where they may go on. */
    @Nullable
    String trips(long repairs, long checked) {
        if (repairs > config.maxCount()) {
            return "the breaker holds %d repairs: more than %d".formatted(repairs, config.maxCount());
        }
        if (checked >= RATIO_FROM && repairs > config.maxRatio() * checked) {
            return "the breaker holds %d repairs: more than %s %% of %d checked"
                    .formatted(repairs, percent(config.maxRatio()), checked);
        }
        return null;
    }

    private static String percent(double ratio) {
        return BigDecimal.valueOf(ratio * 100)
                .setScale(2, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}
