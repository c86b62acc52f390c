package io.plumbline.topics.record;

import java.time.Instant;

/** A run has ended; written once per run beside its final report, for jobs that depend on others. */
public record RunEnd(String runId, String job, String group, RunStatus status, Instant endedAt) {}
