package io.plumbline.stores.scan;

import io.plumbline.topics.config.DatasetConfig;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/**
 * What a run that is planned now vouches for: everything that was committed before the start of the oldest transaction
 * that is open now, as {@code 2026-11-21T22:00:00.123456Z / 0/1A2B3C4}. The second half is the write-ahead log's
 * position at planning. Whether others' transactions are open is visible to members of {@code pg_read_all_stats} only;
 * for everybody else the declared longest transaction is taken off instead.
 *
 * @param now the source's own clock
 */
record SourcePosition(String text, Instant now) {

    private static final String SQL = """
            SELECT to_char(least(
                       CASE WHEN pg_has_role('pg_read_all_stats', 'USAGE') THEN
                                (SELECT min(xact_start) FROM pg_stat_activity WHERE datname = current_database())
                            ELSE clock_timestamp() - make_interval(secs => ?) END,
                       (SELECT min(prepared) FROM pg_prepared_xacts WHERE database = current_database()),
                       clock_timestamp()) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
                   || ' / ' || CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
                                    ELSE pg_current_wal_lsn() END,
                   extract(epoch FROM clock_timestamp())
            """;

    static SourcePosition now(Connection connection, Duration longestTransaction) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SQL)) {
            statement.setDouble(1, longestTransaction.toMillis() / 1000.0);
            try (ResultSet found = statement.executeQuery()) {
                found.next();
                Duration sinceEpoch = Duration.ofNanos(
                        found.getBigDecimal(2).movePointRight(9).longValue());
                return new SourcePosition(found.getString(1), Instant.EPOCH.plus(sinceEpoch));
            }
        }
    }

    /** Where a window begins: change times are not in commit order, so it reaches back by the longest transaction too. */
    Instant changedSince(DatasetConfig config, Duration window) {
        return now.minus(window).minus(config.longestTransaction());
    }
}
