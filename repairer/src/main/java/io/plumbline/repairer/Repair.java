package io.plumbline.repairer;

import io.plumbline.repairer.RepairRules.Decision;
import io.plumbline.stores.Content;
import io.plumbline.stores.RepairJournal.Ended;
import io.plumbline.stores.RepairJournal.Entry;
import io.plumbline.stores.TargetEntities.ConditionalWrite;
import io.plumbline.stores.TargetEntities.WriteResult;
import io.plumbline.topics.record.RepairAnswer;
import io.plumbline.topics.record.RepairAnswer.Result;
import io.plumbline.topics.record.RepairCommand;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One command on its way through its batch: what is known of it so far. Open until it has ended. */
final class Repair {

    /** Longer contents stay in the journal only: an answer has to fit into a record. */
    private static final int LONGEST_CONTENT = 100_000;

    final RepairCommand command;
    final boolean expired;
    private @Nullable Entry intent;
    private @Nullable Entry undone;
    private @Nullable Observation seen;
    private @Nullable Content planned;
    private boolean resumed;
    private boolean recorded;
    private @Nullable Ended ended;

    Repair(RepairCommand command, boolean expired) {
        this.command = command;
        this.expired = expired;
    }

    /** What the journal knows of it, and of the repair that it undoes. */
    void recall(@Nullable Entry own, @Nullable Entry undoes) {
        intent = own;
        undone = undoes;
        resumed = own != null;
        if (own != null && own.ended() != null) {
            ended = own.ended();
            recorded = true;
        } else if (expired && own == null) {
            end(Result.EXPIRED, "the deadline has passed");
        }
    }

    void observe(Observation observation) {
        seen = observation;
    }

    /** Ends it, or leaves it open with what is planned. */
    void decide(RepairRules rules) {
        Decision decision = command.undoes() == null
                ? rules.decide(seen(), intent, expired)
                : rules.decideUndo(seen(), intent, undone, expired);
        switch (decision) {
            case Decision.End end -> end(end.result(), end.reason());
            case Decision.Write write -> planned = write.planned();
        }
    }

    Entry intend() {
        Content before = seen().target().content();
        intent = new Entry(
                command.repairId(),
                command.runId(),
                command.entity(),
                before == null ? null : before.json(),
                planned == null ? null : planned.json(),
                command.undoes(),
                null);
        return intent;
    }

    ConditionalWrite write() {
        return new ConditionalWrite(command.entity(), seen().target(), planned);
    }

    /** Ends it by the second reading, which {@link #observe} has brought. */
    void verify(RepairRules rules, WriteResult written) {
        Decision.End end = command.undoes() == null
                ? rules.verify(seen(), written, planned, resumed)
                : rules.verifyUndo(seen(), written, planned, resumed);
        end(end.result(), end.reason());
    }

    void end(Result result, @Nullable String reason) {
        ended = new Ended(result, seen == null ? null : seen.look().sourceContent(), reason);
    }

    /** Nothing was proven, or it cannot be recorded: whoever asked has to ask again. */
    void giveUp(@Nullable String reason) {
        ended = expired
                ? new Ended(Result.EXPIRED, null, "the deadline has passed")
                : new Ended(Result.UNAVAILABLE, null, reason);
        recorded = true;
    }

    boolean isOpen() {
        return ended == null;
    }

    /** Whether its end has still to be written to the journal. */
    boolean isToBeRecorded() {
        return ended != null && intent != null && !recorded;
    }

    Ended ended() {
        return Objects.requireNonNull(ended, command.repairId());
    }

    RepairAnswer answer() {
        Ended end = ended();
        boolean written = end.result() == Result.REPAIRED || end.result() == Result.MISMATCHED;
        Entry write = written ? intent : null;
        return new RepairAnswer(
                command.entity(),
                command.repairId(),
                command.runId(),
                end.result(),
                write == null ? null : fitting(write.before()),
                write == null ? null : fitting(write.after()),
                end.sourceContent(),
                end.reason());
    }

    private Observation seen() {
        return Objects.requireNonNull(seen, command.repairId());
    }

    private static @Nullable String fitting(@Nullable String json) {
        return json == null || json.length() > LONGEST_CONTENT ? null : json;
    }
}
