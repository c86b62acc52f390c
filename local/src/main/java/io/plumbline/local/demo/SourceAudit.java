package io.plumbline.local.demo;

import io.plumbline.topics.record.Report;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Holds PostgreSQL against the oracle: the mails say what they said, and every row of the outbox is settled. */
final class SourceAudit {

    private static final String NEWEST = "select distinct on (file_number, creditor) file_number, creditor,"
            + " (extracted_data->>'debt_amount')::numeric from incoming_emails"
            + " order by file_number, creditor, received_at desc, id desc";

    private final Connection connection;

    SourceAudit(Connection connection) {
        this.connection = connection;
    }

    /** What is not as it has to be; empty where all is. */
    List<String> errors(MailOracle oracle, List<Report> reports) throws SQLException {
        List<String> errors = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            long entities = 0;
            try (ResultSet rows = statement.executeQuery(NEWEST)) {
                while (rows.next()) {
                    entities++;
                    Claim claim = oracle.of(rows.getString(1)).get(rows.getString(2));
                    BigDecimal amount = rows.getBigDecimal(3);
                    if (claim == null || claim.amount().compareTo(amount) != 0) {
                        errors.add(rows.getString(1) + " " + rows.getString(2) + ": the newest mail says " + amount);
                    }
                }
            }
            if (entities != oracle.size()) {
                errors.add("the mails are about " + entities + " entities and should be about " + oracle.size());
            }
        }
        for (Report report : reports) {
            if (count("select count(*) from reconciliation_reports where run_id = '" + report.runId() + "'") != 1) {
                errors.add("reconciliation_reports does not have " + report.runId());
            }
        }
        none(errors, "select count(*) from incoming_emails where sync_status <> 'synced'", "mails are not synced");
        none(errors, "select count(*) from outbox_messages where processed_at is null", "outbox rows are open");
        none(errors, "select count(*) from outbox_messages where retry_count > 0", "outbox rows were tried in vain");
        return errors;
    }

    long count(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void none(List<String> errors, String sql, String what) throws SQLException {
        long count = count(sql);
        if (count > 0) {
            errors.add(count + " " + what);
        }
    }
}
