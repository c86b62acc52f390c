package io.plumbline.topics.record;

import java.time.Instant;

/**
 * One piece of a run's work, for a worker; answered exactly once per attempt with a {@link WorkAnswer}.
 *
 * @param number the work's number within its run, from 1
 * @param attempt how often it has been sent, from 1
 * @param deadline after it the worker answers {@code EXPIRED} and does nothing
 */
public record WorkCommand(
        String runId, String group, String job, String dataset, int number, int attempt, Instant deadline, Work work) {

    /** The Kafka key; a run's pieces go to the partitions in turn. */
    public String key() {
        return runId + "#" + number;
    }
}
