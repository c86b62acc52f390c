package io.plumbline.reconciler.work;

import io.plumbline.stores.DatasetStores;
import io.plumbline.stores.OutboxTable;
import io.plumbline.stores.SourceEntity;
import io.plumbline.stores.StoreUnavailableException;
import io.plumbline.stores.TargetEntity;
import io.plumbline.topics.record.AnswerStatus;
import io.plumbline.topics.record.CheckAnswer;
import io.plumbline.topics.record.CheckCommand;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.Look;
import io.plumbline.topics.record.OutboxRow;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at entities of one dataset in both stores as they are now, a batch with one query each.
 *
 * <ol>
 *   <li>what has expired is not looked at
 *   <li>failures are recorded on outbox rows
 *   <li>the target is read, then the source, with the pending outbox rows in the source's snapshot
 *   <li>where both are equal, the effect of those rows was seen: they are marked as processed
 * </ol>
 */
final class EntityChecker {

    private final DatasetStores stores;
    private final Clock clock;

    EntityChecker(DatasetStores stores, Clock clock) {
        this.stores = stores;
        this.clock = clock;
    }

    /** Answers each command, in the same order. */
    List<CheckAnswer> answer(List<CheckCommand> commands) {
        Map<CheckCommand, CheckAnswer> answers = new LinkedHashMap<>();
        List<CheckCommand> looks = new ArrayList<>();
        List<CheckCommand> failures = new ArrayList<>();
        for (CheckCommand command : commands) {
            if (clock.instant().isAfter(command.deadline())) {
                answers.put(command, without(command, AnswerStatus.EXPIRED, "the deadline has passed"));
            } else {
                (command.failure() == null ? looks : failures).add(command);
            }
        }
        recordFailures(failures, answers);
        look(looks, answers);
        return commands.stream()
                .map(command -> Objects.requireNonNull(answers.get(command)))
                .toList();
    }

    private void recordFailures(List<CheckCommand> commands, Map<CheckCommand, CheckAnswer> answers) {
        Map<String, List<OutboxRow>> byError = new LinkedHashMap<>();
        for (CheckCommand command : commands) {
            byError.computeIfAbsent(String.valueOf(command.failure()), error -> new ArrayList<>())
                    .addAll(command.rows());
        }
        try {
            OutboxTable outbox = stores.outbox();
            if (outbox != null) {
                byError.forEach((error, rows) -> outbox.markFailed(rows, error));
            }
            commands.forEach(command -> answers.put(command, done(command, null)));
        } catch (StoreUnavailableException away) {
            commands.forEach(command -> answers.put(command, unavailable(command, away)));
        }
    }

    private void look(List<CheckCommand> commands, Map<CheckCommand, CheckAnswer> answers) {
        if (commands.isEmpty()) {
            return;
        }
        try {
            Set<EntityKey> keys = new LinkedHashSet<>();
            commands.forEach(command -> keys.add(command.entity()));
            Map<EntityKey, Look> looks = look(keys);
            for (CheckCommand command : commands) {
                answers.put(command, done(command, looks.get(command.entity())));
            }
        } catch (StoreUnavailableException away) {
            commands.forEach(command -> answers.put(command, unavailable(command, away)));
        }
    }

    private Map<EntityKey, Look> look(Collection<EntityKey> keys) {
        Map<EntityKey, TargetEntity> targets = stores.target().find(keys);
        Map<EntityKey, SourceEntity> sources = stores.source().find(keys);
        Map<EntityKey, Look> looks = new LinkedHashMap<>();
        List<SourceEntity> seen = new ArrayList<>();
        for (EntityKey key : keys) {
            SourceEntity source = there(sources.get(key), key);
            Look look = stores.comparer().compare(source, there(targets.get(key), key));
            if (look.drift() == null
                    && look.unreadable() == null
                    && !source.pending().isEmpty()) {
                seen.add(source);
            }
            looks.put(key, AnswerFit.slim(look));
        }
        OutboxTable outbox = stores.outbox();
        if (outbox != null && !seen.isEmpty()) {
            outbox.markProcessed(seen);
        }
        return looks;
    }

    private static <T> T there(@Nullable T found, EntityKey key) {
        return Objects.requireNonNull(found, () -> "a store did not answer for " + key);
    }

    private static CheckAnswer done(CheckCommand command, @Nullable Look look) {
        return new CheckAnswer(command.entity(), command.checkId(), AnswerStatus.DONE, look, null);
    }

    private static CheckAnswer unavailable(CheckCommand command, StoreUnavailableException away) {
        return without(command, AnswerStatus.UNAVAILABLE, String.valueOf(away.getMessage()));
    }

    private static CheckAnswer without(CheckCommand command, AnswerStatus status, String reason) {
        return new CheckAnswer(command.entity(), command.checkId(), status, null, reason);
    }
}
