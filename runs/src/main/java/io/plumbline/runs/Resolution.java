package io.plumbline.runs;

import io.plumbline.topics.record.RunRequest;

/** What a tick or a trigger asks for. */
sealed interface Resolution {

    record Accepted(RunRequest request) implements Resolution {}

    record Refused(String reason) implements Resolution {}

    /** Another coordinator answers it. */
    record OfOthers() implements Resolution {}
}
