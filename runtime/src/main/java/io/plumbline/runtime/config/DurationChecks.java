package io.plumbline.runtime.config;

import java.time.Duration;
import java.util.Optional;

/** Checks of durations against zero and against each other. */
final class DurationChecks {

    private final ConfigErrors errors;

    DurationChecks(ConfigErrors errors) {
        this.errors = errors;
    }

    void positive(ConfigNode node) {
        duration(node)
                .filter(Duration::isZero)
                .ifPresent(zero -> errors.add(node.path(), "is zero; right is a duration above, such as 30s"));
    }

    void notLonger(ConfigNode shorter, ConfigNode longer) {
        Optional<Duration> low = duration(shorter);
        Optional<Duration> high = duration(longer);
        if (low.isPresent() && high.isPresent() && low.get().compareTo(high.get()) > 0) {
            errors.add(
                    shorter.path(),
                    "is longer than %s (%s); right is at most that"
                            .formatted(longer.path(), DurationText.of(high.get())));
        }
    }

    private static Optional<Duration> duration(ConfigNode node) {
        try {
            return node.text().map(DurationText::parse);
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // the schema has said so
        }
    }
}
