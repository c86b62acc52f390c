package io.plumbline.stores.scan;

import io.plumbline.stores.TargetEntity;
import io.plumbline.stores.mapping.Cells;
import io.plumbline.stores.mongo.TargetCursor;

/**
 * The target's documents of a range, in the order of the key; documents without a usable key are counted and passed
 * over. That the keys really rise is looked at, since everything else rests on it.
 */
final class TargetSide implements AutoCloseable {

    private final TargetCursor documents;
    private final ScanTally tally;
    private final KeyMark last = new KeyMark();
    private int read;
    private boolean readable;

    TargetSide(TargetCursor documents, ScanTally tally) {
        this.documents = documents;
        this.tally = tally;
    }

    boolean next() {
        while (documents.next()) {
            read++;
            readable = documents.unreadable() == null;
            if (readable || documents.key() != null) {
                last.rise(documents.keys());
                return true;
            }
            tally.unreadable(documents.name(), documents.unreadable());
        }
        return false;
    }

    /** How many documents were read so far. */
    int read() {
        return read;
    }

    boolean readable() {
        return readable;
    }

    Cells keys() {
        return documents.keys();
    }

    Cells values() {
        return documents.values();
    }

    TargetEntity entity() {
        return documents.entity();
    }

    @Override
    public void close() {
        documents.close();
    }
}
