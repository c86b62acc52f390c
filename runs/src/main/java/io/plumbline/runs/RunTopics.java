package io.plumbline.runs;

import io.plumbline.topics.Topic;
import io.plumbline.topics.Topics;
import io.plumbline.topics.record.CaseEvent;
import io.plumbline.topics.record.ClockTime;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.RunEvent;
import io.plumbline.topics.record.RunRequest;
import io.plumbline.topics.record.Work;
import io.plumbline.topics.record.WorkAnswer;
import io.plumbline.topics.record.WorkCommand;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where one run coordinator reads and writes.
 *
 * @param shared of all coordinators: ticks, triggers, reports, ends, checkpoints, dead letters
 * @param placed where work goes that only one partition's task can do; {@code null} where there is none
 * @param cases who is told of suspects and decisions
 * @param caseKey what they are keyed by
 */
public record RunTopics(
        Topics shared,
        Topic<String, RunRequest> requests,
        Topic<String, WorkCommand> work,
        @Nullable PlacedWork placed,
        Topic<String, WorkAnswer> answers,
        Topic<String, RunEvent> events,
        Topic<String, ClockTime> clock,
        Topic<String, CaseEvent> cases,
        Function<EntityKey, String> caseKey) {

    /**
     * Work that names its partition.
     *
     * @param partition of a piece of work; empty where any worker can do it
     */
    public record PlacedWork(Topic<String, WorkCommand> topic, Function<Work, OptionalInt> partition) {

        boolean takes(Work work) {
            return partition.apply(work).isPresent();
        }
    }
}
