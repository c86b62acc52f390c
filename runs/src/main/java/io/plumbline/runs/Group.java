package io.plumbline.runs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An exclusive group: the run that goes on, and the requests that wait, numbered from {@code first} to {@code next - 1}.
 *
 * @param nominal the nominal instant of the newest tick that the group took
 */
record Group(
        @Nullable String current,
        long first,
        long next,
        @Nullable Instant nominal) {

    static final Group IDLE = new Group(null, 0, 0, null);

    boolean isBusy() {
        return current != null || first < next;
    }

    Group queued(@Nullable Instant tick) {
        return new Group(current, first, next + 1, tick == null ? nominal : tick);
    }

    Group started(String runId) {
        return new Group(runId, first + 1, next, nominal);
    }

    Group released() {
        return new Group(null, first, next, nominal);
    }
}
