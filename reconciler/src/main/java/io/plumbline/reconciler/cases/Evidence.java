package io.plumbline.reconciler.cases;

import io.plumbline.topics.record.Look;
import io.plumbline.topics.record.OutboxRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the looks of a case have shown so far, and the rule that makes a drift of it.
 *
 * <p>A look that shows a difference is compared with the look before, at least a grace earlier:
 *
 * <ol>
 *   <li>The source's content is another: the source moved, look again.
 *   <li>Its content and its order value are the same: nobody wrote the source in between, so whatever copy was under way
 *       at the look before has arrived. Proven.
 *   <li>Its content is the same and neither look has an order value (the source has no row, say): proven if the target's
 *       content is the same too.
 *   <li>Its content is the same under another order value: the source was written, perhaps there and back. Look again;
 *       proven only if every look of the last generation too shows the same content on both sides.
 * </ol>
 *
 * A suspect that is still moving after the last generation is unstable.
 *
 * @param last what the last look showed; {@code null} before the first one that showed a difference
 * @param generation how many looks in a row could not prove it
 * @param steady all looks since the first showed the same content on both sides
 * @param firstSeen when a look first showed a difference, in milliseconds; 0 if none did
 * @param pending the entity's unprocessed outbox rows, as the last look saw them
 */
record Evidence(@Nullable Sight last, int generation, boolean steady, long firstSeen, List<OutboxRow> pending) {

    static final Evidence NONE = new Evidence(null, 0, true, 0, List.of());

    /** Both sides as one look saw them: the parts of a {@link Look} that the next one is compared with. */
    record Sight(String sourceContent, @Nullable String sourceOrder, String targetContent) {

        static Sight of(Look look) {
            return new Sight(look.sourceContent(), look.sourceOrder(), look.targetContent());
        }
    }

    /** What a look adds up to with the looks before. */
    enum Finding {
        EQUAL,
        UNREADABLE,
        /** Different, but not proven yet. */
        SUSPECT,
        PROVEN,
        UNSTABLE
    }

    Finding weigh(Look look, int generations) {
        if (look.unreadable() != null) {
            return Finding.UNREADABLE;
        }
        if (look.drift() == null) {
            return Finding.EQUAL;
        }
        if (last == null) {
            return Finding.SUSPECT;
        }
        Sight sight = Sight.of(look);
        if (sourceStoodStill(last, sight)) {
            return Finding.PROVEN;
        }
        if (generation + 1 < generations) {
            return Finding.SUSPECT;
        }
        return steady && sameContents(last, sight) ? Finding.PROVEN : Finding.UNSTABLE;
    }

    /** With a look that showed a difference. */
    Evidence with(Look look, long now) {
        Sight sight = Sight.of(look);
        long seen = firstSeen == 0 ? now : firstSeen;
        if (last == null) {
            return new Evidence(sight, 0, true, seen, look.pending());
        }
        return new Evidence(sight, generation + 1, steady && sameContents(last, sight), seen, look.pending());
    }

    Evidence withPending(Look look) {
        return new Evidence(last, generation, steady, firstSeen, look.pending());
    }

    /** Somebody wrote the target: the looks so far prove nothing about what is there now. */
    Evidence again() {
        return new Evidence(null, 0, true, firstSeen, pending);
    }

    boolean hasSeenDifference() {
        return firstSeen != 0;
    }

    private static boolean sourceStoodStill(Sight before, Sight now) {
        if (before.sourceOrder() == null && now.sourceOrder() == null) {
            return sameContents(before, now);
        }
        return before.sourceContent().equals(now.sourceContent())
                && before.sourceOrder() != null
                && before.sourceOrder().equals(now.sourceOrder());
    }

    private static boolean sameContents(Sight before, Sight now) {
        return before.sourceContent().equals(now.sourceContent())
                && before.targetContent().equals(now.targetContent());
    }
}
