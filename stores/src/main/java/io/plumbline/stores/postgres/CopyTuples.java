package io.plumbline.stores.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;
import org.postgresql.util.PSQLException;

/**
 * Tuples of {@code COPY (…) TO STDOUT (FORMAT binary)}: the fastest way that PostgreSQL hands rows out, and the one way
 * here. The format: an 11-byte signature, flags, an extension; then per tuple a 16-bit field count and each field as a
 * 32-bit length (-1 for null) and its bytes; a count of -1 ends it. A tuple never spans two messages.
 *
 * <p>Where the connection fails, or says nothing for longer than is waited for, it is closed for good. The driver does that
 * for every statement but this one: what arrives late would be read as the answer to the connection's next statement.
 */
final class CopyTuples implements AutoCloseable {

    private static final int HEADER = 19;
    private static final byte[] NOTHING = new byte[0];

    private final Connection connection;
    private final CopyOut copy;
    private final int[] starts;
    private final int[] lengths;
    private byte[] message = NOTHING;
    private int at;
    private boolean headerRead;
    private boolean ended;

    CopyTuples(Connection connection, String select, int fields) throws SQLException {
        this.connection = connection;
        CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
        try {
            copy = copies.copyOut("COPY (" + select + ") TO STDOUT (FORMAT binary)");
        } catch (SQLException | RuntimeException | Error e) {
            closeUnlessSaid(e);
            throw e;
        }
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
        byte[] received = ended ? null : read();
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
     * connection. Does nothing where the connection was closed.
     */
    @Override
    public void close() throws SQLException {
        while (!connection.isClosed() && copy.isActive() && read() != null) {
            message = NOTHING;
        }
    }

    private byte @Nullable [] read() throws SQLException {
        try {
            return copy.readFromCopy();
        } catch (SQLException | RuntimeException | Error e) {
            closeUnlessSaid(e);
            throw e;
        }
    }

    /** An error that the server told of was read to its end; after everything else, nobody knows what comes next. */
    private void closeUnlessSaid(Throwable failure) throws SQLException {
        boolean said = failure instanceof PSQLException told && told.getServerErrorMessage() != null;
        if (!said) {
            connection.abort(Runnable::run);
        }
    }
}
