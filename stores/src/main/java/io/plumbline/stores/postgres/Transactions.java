package io.plumbline.stores.postgres;

import io.plumbline.stores.connect.Away;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Runs pieces of JDBC on a connection of its own each, and says which failures mean that PostgreSQL is away. */
public record Transactions(DataSource source) {

    /** JDBC on one connection. */
    @FunctionalInterface
    public interface Piece<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Each statement is a transaction. */
    public <T> T each(Piece<T> piece) {
        try (Connection connection = source.getConnection()) {
            return piece.on(connection);
        } catch (SQLException e) {
            throw Away.postgres(e);
        }
    }

    /** All statements are one transaction, committed if the piece returns. */
    public <T> T together(Piece<T> piece) {
        return transaction(piece, true);
    }

    /** All statements are one transaction that leaves no trace. */
    public <T> T rolledBack(Piece<T> piece) {
        return transaction(piece, false);
    }

    private <T> T transaction(Piece<T> piece, boolean commit) {
        return each(connection -> {
            connection.setAutoCommit(false);
            boolean done = false;
            try {
                T result = piece.on(connection);
                done = commit;
                return result;
            } finally {
                if (done) {
                    connection.commit();
                } else {
                    connection.rollback();
                }
                connection.setAutoCommit(true);
            }
        });
    }
}
