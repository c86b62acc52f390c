package io.plumbline.ticker;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Keeps a punctuation from proposing again what it has proposed and not read back yet. */
final class ClockProposals {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private @Nullable Instant unread;

    boolean mayPropose(Instant now) {
        return unread == null || !now.isBefore(unread.plus(PATIENCE));
    }

    void proposed(Instant at) {
        unread = at;
    }

    void readBack(Instant at) {
        if (unread != null && !at.isBefore(unread)) {
            unread = null;
        }
    }
}
