package io.plumbline.topics.record;

/** The class of a checked entity in a run's ledger: {@code checked} is the sum of them all. */
public enum Verdict {
    MATCHED,
    TRANSIENT,
    MISSING,
    DIFFERENT,
    EXTRA,
    UNSTABLE,
    UNREADABLE,
    SKIPPED;

    public static Verdict of(DriftClass drift) {
        return switch (drift) {
            case MISSING -> MISSING;
            case DIFFERENT -> DIFFERENT;
            case EXTRA -> EXTRA;
        };
    }

    public boolean isDrift() {
        return this == MISSING || this == DIFFERENT || this == EXTRA;
    }
}
