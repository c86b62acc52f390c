package io.plumbline.repairer;

import io.plumbline.stores.DatasetStores;
import io.plumbline.stores.RepairJournal;
import io.plumbline.stores.RepairJournal.Ended;
import io.plumbline.stores.RepairJournal.Entry;
import io.plumbline.stores.SourceEntity;
import io.plumbline.stores.StoreUnavailableException;
import io.plumbline.stores.TargetEntities.WriteResult;
import io.plumbline.stores.TargetEntity;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.RepairAnswer;
import io.plumbline.topics.record.RepairCommand;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes entities of one dataset equal to their source as it is now, never overwriting what it has not read. A batch
 * goes through each step as a whole, so that its cost is a few round trips:
 *
 * <ol>
 *   <li>recall: a repair that the journal has as ended is answered as before; one that is only intended was interrupted
 *   <li>read the target, then the source, so that what is planned is never older than the target that was read
 *   <li>decide by {@link RepairRules}: nothing to do, not allowed, or a write
 *   <li>record the intent: before and planned after
 *   <li>write, conditioned on the target content that was read
 *   <li>read both again: only equality counts as repaired
 *   <li>record how it ended
 * </ol>
 *
 * <p>It can be interrupted after any step and asked again. A store that is away proves nothing: what had not ended by
 * then is answered as unavailable.
 */
final class EntityRepairer {

    private final DatasetStores stores;
    private final RepairJournal journal;
    private final RepairRules rules;
    private final Clock clock;

    EntityRepairer(DatasetStores stores, RepairRules.RepairPolicies policies, RepairJournal journal, Clock clock) {
        this.stores = stores;
        this.journal = journal;
        this.rules = new RepairRules(policies, stores.source()::plan, stores.target()::parse);
        this.clock = clock;
    }

    /** Answers each command, in the same order. Each entity may be there once only. */
    List<RepairAnswer> repair(List<RepairCommand> commands) {
        List<Repair> repairs = commands.stream()
                .map(command -> new Repair(command, clock.instant().isAfter(command.deadline())))
                .toList();
        try {
            recall(repairs);
            List<Repair> open = open(repairs);
            observe(open);
            open.forEach(repair -> repair.decide(rules));
            write(open(open));
        } catch (StoreUnavailableException away) {
            open(repairs).forEach(repair -> repair.giveUp(away.getMessage()));
        }
        record(repairs);
        return repairs.stream().map(Repair::answer).toList();
    }

    private void recall(List<Repair> repairs) {
        List<String> ids = repairs.stream()
                .flatMap(repair -> Stream.of(repair.command.repairId(), repair.command.undoes())
                        .filter(Objects::nonNull))
                .toList();
        Map<String, Entry> entries = journal.find(ids);
        for (Repair repair : repairs) {
            repair.recall(
                    entries.get(repair.command.repairId()),
                    repair.command.undoes() == null ? null : entries.get(repair.command.undoes()));
        }
    }

    private void observe(List<Repair> repairs) {
        if (repairs.isEmpty()) {
            return;
        }
        List<EntityKey> keys =
                repairs.stream().map(repair -> repair.command.entity()).toList();
        Map<EntityKey, TargetEntity> targets = stores.target().find(keys);
        Map<EntityKey, SourceEntity> sources = stores.source().find(keys);
        for (Repair repair : repairs) {
            EntityKey key = repair.command.entity();
            TargetEntity target = there(targets.get(key), key);
            SourceEntity source = there(sources.get(key), key);
            repair.observe(new Observation(target, source, stores.comparer().compare(source, target)));
        }
    }

    private void write(List<Repair> repairs) {
        if (repairs.isEmpty()) {
            return;
        }
        journal.intend(repairs.stream().map(Repair::intend).toList());
        List<WriteResult> results =
                stores.target().write(repairs.stream().map(Repair::write).toList());
        observe(repairs);
        for (int i = 0; i < repairs.size(); i++) {
            repairs.get(i).verify(rules, results.get(i));
        }
    }

    private void record(List<Repair> repairs) {
        List<Repair> ended = select(repairs, Repair::isToBeRecorded);
        if (ended.isEmpty()) {
            return;
        }
        Map<String, Ended> endings = new HashMap<>();
        ended.forEach(repair -> endings.put(repair.command.repairId(), repair.ended()));
        try {
            journal.complete(endings);
        } catch (StoreUnavailableException away) {
            ended.forEach(repair -> repair.giveUp(away.getMessage()));
        }
    }

    private static List<Repair> open(List<Repair> repairs) {
        return select(repairs, Repair::isOpen);
    }

    private static List<Repair> select(List<Repair> repairs, Predicate<Repair> which) {
        return repairs.stream().filter(which).toList();
    }

    private static <T> T there(@Nullable T found, EntityKey key) {
        return Objects.requireNonNull(found, () -> "a store did not answer for " + key);
    }
}
