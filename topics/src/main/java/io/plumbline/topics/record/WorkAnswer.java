package io.plumbline.topics.record;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a worker did for a {@link WorkCommand}; keyed by the run's group.
 *
 * @param counters what it counted, by the job kind's counter names (such as {@code checked}, {@code matched})
 * @param suspects entities to be looked at again; each is one case of the run
 * @param unreadable entities or rows that could not be compared, a sample with reasons (all are counted)
 * @param next work that was found to be done still
 * @param position for plans: the source position up to which this run vouches, as text
 * @param undo for {@code ListRepairs}: repairs that can be undone
 * @param reason why, where the status is not {@code DONE}
 */
public record WorkAnswer(
        String runId,
        String group,
        int number,
        int attempt,
        AnswerStatus status,
        Map<String, Long> counters,
        List<Suspect> suspects,
        List<Unreadable> unreadable,
        List<Work> next,
        @Nullable String position,
        List<UndoableRepair> undo,
        @Nullable String reason) {

    /** A row, document or entity that could not be compared. */
    public record Unreadable(String key, String reason) {}

    /** A repair that can be undone. */
    public record UndoableRepair(EntityKey entity, String repairId) {}

    @SuppressWarnings("NullAway") // Jackson passes null for a collection that was left out
    public WorkAnswer {
        counters = counters == null ? Map.of() : Map.copyOf(counters);
        suspects = suspects == null ? List.of() : List.copyOf(suspects);
        unreadable = unreadable == null ? List.of() : List.copyOf(unreadable);
        next = next == null ? List.of() : List.copyOf(next);
        undo = undo == null ? List.of() : List.copyOf(undo);
    }

    /** What is said of work that was done and found nothing but counts and further work. */
    public static WorkAnswer done(WorkCommand command, Map<String, Long> counters, List<Work> next) {
        return done(command, counters, List.of(), List.of(), next, null, List.of());
    }

    public static WorkAnswer done(
            WorkCommand command,
            Map<String, Long> counters,
            List<Suspect> suspects,
            List<Unreadable> unreadable,
            List<Work> next,
            @Nullable String position,
            List<UndoableRepair> undo) {
        return new WorkAnswer(
                command.runId(),
                command.group(),
                command.number(),
                command.attempt(),
                AnswerStatus.DONE,
                counters,
                suspects,
                unreadable,
                next,
                position,
                undo,
                null);
    }

    public static WorkAnswer without(WorkCommand command, AnswerStatus status, String reason) {
        return new WorkAnswer(
                command.runId(),
                command.group(),
                command.number(),
                command.attempt(),
                status,
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                List.of(),
                reason);
    }
}
