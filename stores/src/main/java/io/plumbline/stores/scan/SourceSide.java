package io.plumbline.stores.scan;

import io.plumbline.stores.SourceEntity;
import io.plumbline.stores.mapping.Cells;
import io.plumbline.stores.postgres.SourceCursor;
import java.sql.SQLException;

/** The source's rows of a range, in the order of the key; rows without a usable key are counted and passed over. */
final class SourceSide {

    private final SourceCursor rows;
    private final ScanTally tally;
    private int read;
    private boolean readable;

    SourceSide(SourceCursor rows, ScanTally tally) {
        this.rows = rows;
        this.tally = tally;
    }

    boolean next() throws SQLException {
        while (rows.next()) {
            read++;
            readable = rows.unreadable() == null;
            if (readable || rows.key() != null) {
                return true;
            }
            tally.unreadable(rows.rowName(), rows.unreadable());
        }
        return false;
    }

    /** How many rows were read so far. */
    int read() {
        return read;
    }

    boolean readable() {
        return readable;
    }

    Cells keys() {
        return rows.keys();
    }

    Cells values() {
        return rows.values();
    }

    SourceEntity entity() {
        return rows.entity();
    }
}
