package io.plumbline.runs;

import io.plumbline.topics.record.RunStatus;
import java.time.Duration;
import java.util.Map;

/** Told of what is worth measuring about runs. */
@FunctionalInterface
public interface RunMeters {

    RunMeters NONE = (subject, kind, status, duration, counters) -> {};

    /** A run has ended. */
    void ended(String subject, String kind, RunStatus status, Duration duration, Map<String, Long> counters);
}
