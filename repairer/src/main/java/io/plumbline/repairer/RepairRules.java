package io.plumbline.repairer;

import io.plumbline.stores.Content;
import io.plumbline.stores.RepairJournal.Entry;
import io.plumbline.stores.SourceEntity;
import io.plumbline.stores.TargetEntities.WriteResult;
import io.plumbline.topics.config.DatasetConfig.ExtraPolicy;
import io.plumbline.topics.config.DatasetConfig.RepairPolicy;
import io.plumbline.topics.record.DriftClass;
import io.plumbline.topics.record.RepairAnswer.Result;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The decisions of a repair, pure of I/O: whether there is something to write, and how it ended.
 *
 * <p>A repair whose intent is in the journal already was interrupted, and may have written. If the target holds the
 * planned content, it did: with both sides equal it ends as repaired, otherwise as mismatched, exactly as if it had not
 * been interrupted. If not, it begins anew.
 */
record RepairRules(RepairPolicies policies, Function<SourceEntity, Content> planner, Function<String, Content> parser) {

    /** What a dataset allows. */
    record RepairPolicies(RepairPolicy repair, ExtraPolicy extras, boolean createDocuments) {}

    /** What is to be done after the first reading. */
    sealed interface Decision {
        /** Nothing: it ends like this. */
        record End(Result result, @Nullable String reason) implements Decision {}

        /** Write this, conditioned on what was read; {@code null} deletes. */
        record Write(@Nullable Content planned) implements Decision {}
    }

    /**
     * After the first reading of a repair.
     *
     * @param intent what this same repair intended before it was interrupted
     * @param expired nothing may be written any more
     */
    Decision decide(Observation seen, @Nullable Entry intent, boolean expired) {
        if (seen.look().unreadable() != null) {
            return new Decision.End(Result.UNREADABLE, seen.look().unreadable());
        }
        boolean written = intent != null && seen.targetHolds(content(intent.after()));
        DriftClass drift = seen.look().drift();
        if (drift == null) {
            return new Decision.End(written ? Result.REPAIRED : Result.SUPERSEDED, null);
        }
        if (written) {
            return new Decision.End(Result.MISMATCHED, "the source moved on after the repair was written");
        }
        if (expired) {
            return new Decision.End(Result.EXPIRED, "the deadline has passed");
        }
        String forbidden = forbidden(drift, seen);
        if (forbidden != null) {
            return new Decision.End(Result.NOT_ALLOWED, forbidden);
        }
        return new Decision.Write(drift == DriftClass.EXTRA ? null : planner.apply(seen.source()));
    }

    /** After the first reading of an undo of {@code undone}: only what that repair wrote is taken back. */
    Decision decideUndo(Observation seen, @Nullable Entry intent, @Nullable Entry undone, boolean expired) {
        if (undone == null) {
            return new Decision.End(Result.FAILED, "the journal has no such repair");
        }
        if (undone.ended() == null || undone.ended().result() != Result.REPAIRED) {
            return new Decision.End(Result.SUPERSEDED, "that repair did not end as repaired");
        }
        if (seen.target().unreadable() != null) {
            return new Decision.End(Result.UNREADABLE, seen.target().unreadable());
        }
        Content before = content(undone.before());
        if (seen.targetHolds(before)) {
            return intent == null
                    ? new Decision.End(Result.SUPERSEDED, "the target is as it was before that repair")
                    : new Decision.End(Result.REPAIRED, null);
        }
        if (!seen.targetHolds(content(undone.after()))) {
            return new Decision.End(Result.SUPERSEDED, "the target was written after that repair");
        }
        return expired ? new Decision.End(Result.EXPIRED, "the deadline has passed") : new Decision.Write(before);
    }

    /**
     * After the second reading of a repair.
     *
     * @param resumed whether an earlier try of this same repair may have written what the target holds
     */
    Decision.End verify(Observation seen, WriteResult written, @Nullable Content planned, boolean resumed) {
        boolean equal = seen.look().drift() == null && seen.look().unreadable() == null;
        return switch (written) {
            case WriteResult.Refused refused -> new Decision.End(Result.FAILED, refused.reason());
            case WriteResult.Written w ->
                equal
                        ? new Decision.End(Result.REPAIRED, null)
                        : new Decision.End(Result.MISMATCHED, "the reading after the write showed a difference");
            case WriteResult.ConditionGone gone -> {
                if (!equal) {
                    yield new Decision.End(Result.CONTESTED, "the target was written between reading and writing");
                }
                boolean ours = resumed && seen.targetHolds(planned);
                yield new Decision.End(ours ? Result.REPAIRED : Result.SUPERSEDED, null);
            }
        };
    }

    /** After the second reading of an undo; it is never looked at again, so it ends as undone or as overtaken. */
    Decision.End verifyUndo(Observation seen, WriteResult written, @Nullable Content planned, boolean resumed) {
        return switch (written) {
            case WriteResult.Refused refused -> new Decision.End(Result.FAILED, refused.reason());
            case WriteResult.Written w ->
                seen.targetHolds(planned)
                        ? new Decision.End(Result.REPAIRED, null)
                        : new Decision.End(Result.SUPERSEDED, "the target was written after the undo");
            case WriteResult.ConditionGone gone ->
                resumed && seen.targetHolds(planned)
                        ? new Decision.End(Result.REPAIRED, null)
                        : new Decision.End(Result.SUPERSEDED, "the target was written after that repair");
        };
    }

    private @Nullable String forbidden(DriftClass drift, Observation seen) {
        if (policies.repair() != RepairPolicy.AUTO) {
            return "the dataset's repair policy is " + policies.repair();
        }
        if (drift == DriftClass.EXTRA && policies.extras() == ExtraPolicy.REPORT) {
            return "the dataset reports extras and does not delete them";
        }
        if (drift == DriftClass.MISSING && !seen.target().documentPresent() && !policies.createDocuments()) {
            return "the document that would hold it is not there, and the dataset does not create documents";
        }
        return null;
    }

    private @Nullable Content content(@Nullable String json) {
        return json == null ? null : parser.apply(json);
    }
}
