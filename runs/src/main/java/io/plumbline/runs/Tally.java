package io.plumbline.runs;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What changes with every record of a run: how far its work and its cases are, and its ledger. It is read before a
 * record is processed, changed, and written after; its size does not grow.
 */
@JsonAutoDetect(
        fieldVisibility = JsonAutoDetect.Visibility.ANY,
        getterVisibility = JsonAutoDetect.Visibility.NONE,
        isGetterVisibility = JsonAutoDetect.Visibility.NONE)
final class Tally {

    /** Pieces of work known; they are numbered from 1 and sent in this order. */
    int known;
    /** Pieces of work sent, or given up unsent. */
    int sent;
    /** Pieces of work that are over, one way or the other. */
    int finished;
    /** Pieces of work not over that may bring further work. */
    int planning;
    /** When a piece of work was done last. */
    @Nullable
    Instant lastDone;
    /** Why the work not yet sent was given up: a store stays away. */
    @Nullable
    String givenUp;

    /** Cases that are neither confirmed nor closed. */
    long suspected;
    /** Cases that wait for the run's decision. */
    long confirmed;
    /** Those of them that a repair would change. */
    long repairable;
    /** Cases that were decided and are not closed. */
    long decided;

    /** Entities that wait for an approval. */
    long held;

    int samples;
    int unreadable;
    int notes;
    /** Whether a report of progress is due already. */
    boolean reportDue;

    Ledger ledger;

    Tally() {
        this(new Ledger(Map.of()));
    }

    Tally(Ledger ledger) {
        this.ledger = ledger;
    }

    boolean workIsComplete() {
        return finished == known;
    }

    int outstanding() {
        return sent - finished;
    }

    long casesOpen() {
        return suspected + confirmed + decided;
    }

    void count(String counter, long count) {
        ledger = ledger.plus(counter, count);
    }
}
