package io.plumbline.runs;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.plumbline.topics.record.RunRequest;
import io.plumbline.topics.record.RunStatus;
import io.plumbline.topics.record.Scope;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a run that rarely changes.
 *
 * @param kind the job kind's name
 * @param subject the dataset or exchange
 * @param deadline {@code null} for a continuous run
 * @param hold why its repairs are held; {@code null} where they are not
 * @param vouchesUpTo the source position at planning
 * @param endedAt {@code null} while it is running
 * @param endAnnounced whether its end was made known to jobs that depend on it
 */
record Run(
        RunRequest request,
        String kind,
        @JsonProperty("dataset") String subject,
        Phase phase,
        @Nullable Scope scope,
        Instant startedAt,
        @Nullable Instant deadline,
        @Nullable String hold,
        @Nullable String vouchesUpTo,
        RunStatus status,
        @Nullable Instant endedAt,
        boolean endAnnounced) {

    /** How far a run is. */
    enum Phase {
        /** Its work goes on, and its suspects are looked at again. */
        COMPARING,
        /** All its suspects are confirmed or closed: the confirmed ones are being decided, then closed. */
        DECIDING,
        /** An hour's run, which decides each case at once. */
        CONTINUOUS
    }

    String id() {
        return request.runId();
    }

    String group() {
        return request.group();
    }

    Run deciding(@Nullable String newHold) {
        return new Run(
                request,
                kind,
                subject,
                Phase.DECIDING,
                scope,
                startedAt,
                deadline,
                newHold,
                vouchesUpTo,
                status,
                endedAt,
                endAnnounced);
    }

    Run vouchingUpTo(String position) {
        return new Run(
                request,
                kind,
                subject,
                phase,
                scope,
                startedAt,
                deadline,
                hold,
                position,
                status,
                endedAt,
                endAnnounced);
    }

    Run ended(RunStatus finalStatus, Instant at) {
        return new Run(
                request, kind, subject, phase, scope, startedAt, deadline, hold, vouchesUpTo, finalStatus, at, true);
    }

    Run reopened() {
        return new Run(
                request,
                kind,
                subject,
                phase,
                scope,
                startedAt,
                deadline,
                hold,
                vouchesUpTo,
                RunStatus.RUNNING,
                null,
                endAnnounced);
    }
}
