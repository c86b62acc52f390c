package io.plumbline.runs;

import java.time.Instant;

/** Something that is due at an instant. It may come too late to matter: whoever acts on it looks first. */
record Timer(Instant due, Kind kind, String about) {

    /** What is due, and what {@code about} names. */
    enum Kind {
        /** A group may start its next run. */
        START,
        /** A run reports its progress. */
        REPORT,
        /** A run's work (run id, line feed, number) is asked for again. */
        RESEND,
        /** A run goes on deciding what it has confirmed. */
        DECIDE,
        /** A run's time is over. */
        DEADLINE,
        /** A continuous run may end. */
        CONTINUOUS_END,
        /** What is left of an ended run's working state is deleted. */
        SWEEP,
        /** A run's id and held entities are forgotten. */
        FORGET
    }
}
