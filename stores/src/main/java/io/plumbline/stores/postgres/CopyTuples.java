package io.plumbline.stores.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Tuples of {@code COPY (…) TO STDOUT (FORMAT binary)}: the fastest way that PostgreSQL hands rows out, and the one way
 * here. The format: an 11-byte signature, flags, an extension; then per tuple a 16-bit field count and each field as a
 * 32-bit length (-1 for null) and its bytes; a count of -1 ends it. A tuple never spans two messages.
 */
final class CopyTuples implements AutoCloseable {

    private static final int HEADER = 19;
    private static final byte[] NOTHING = new byte[0];

    private final CopyOut copy;
    private final int[] starts;
    private final int[] lengths;
    private byte[] message = NOTHING;
    private int at;
    private boolean headerRead;
    private boolean ended;

    CopyTuples(Connection connection, String select, int fields) throws SQLException {
        copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("COPY (" + select + ") TO STDOUT (FORMAT binary)");
        starts = new int[fields];
        lengths = new int[fields];
    }

    boolean next() throws SQLException {
        while (at >= message.length) {
            if (!receive()) {
                return false;
            }
        }
        int count = WireCells.int16(message, at);
        at += 2;
        if (count < 0) {
            at = message.length;
            return next();
        }
        if (count > starts.length) {
            throw new IllegalStateException(
                    "a tuple of " + count + " fields where " + starts.length + " were selected");
        }
        for (int i = 0; i < count; i++) {
            lengths[i] = WireCells.int32(message, at);
            starts[i] = at + 4;
            at += 4 + Math.max(lengths[i], 0);
        }
        return true;
    }

    private boolean receive() throws SQLException {
        byte[] received = ended ? null : copy.readFromCopy();
        if (received == null) {
            ended = true;
            return false;
        }
        message = received;
        at = 0;
        if (!headerRead) {
            headerRead = true;
            at = HEADER + WireCells.int32(message, HEADER - 4);
        }
        return true;
    }

    /** The bytes that the current tuple's fields are in; never changed afterwards. */
    byte[] bytes() {
        return message;
    }

    int start(int field) {
        return starts[field];
    }

    /** Negative for null. */
    int length(int field) {
        return lengths[field];
    }

    @Nullable
    String text(int field) {
        return lengths[field] < 0
                ? null
                : new String(message, starts[field], lengths[field], java.nio.charset.StandardCharsets.UTF_8);
    }

    /**
     * Reads what is left: every select is bounded, and a cancellation that arrives late would hit the next statement of the
     * connection.
     */
    @Override
    public void close() throws SQLException {
        while (copy.isActive() && copy.readFromCopy() != null) {
            message = NOTHING;
        }
    }
}
