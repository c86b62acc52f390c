package io.plumbline.local.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The application's writes to PostgreSQL. Each is one transaction: the mail, what is to be told about it (outbox), and the
 * key by which a second delivery would be known.
 */
final class MailTables implements AutoCloseable {

    private static final String INSERT_MAIL = "insert into incoming_emails"
            + " (client_name, file_number, creditor, subject, extracted_data) values (?, ?, ?, ?, ?::jsonb) returning id";
    private static final String CORRECT_MAIL =
            "update incoming_emails set extracted_data = jsonb_set(extracted_data, '{debt_amount}', ?::jsonb),"
                    + " sync_status = 'pending', updated_at = clock_timestamp() where id = ?";
    private static final String INSERT_OUTBOX = "insert into outbox_messages"
            + " (id, aggregate_type, aggregate_id, event_type, payload) values (?, 'email', ?, ?, ?::jsonb)";
    private static final String INSERT_KEY =
            "insert into idempotency_keys (key, expires_at) values (?, clock_timestamp() + interval '1 day')";

    private final Connection connection;

    MailTables(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
    }

    /** A mail came in; returns its id. */
    long receive(String clientName, String fileNumber, String creditor, BigDecimal amount, @Nullable String reference)
            throws SQLException {
        long id;
        try (PreparedStatement insert = connection.prepareStatement(INSERT_MAIL)) {
            insert.setString(1, clientName);
            insert.setString(2, fileNumber);
            insert.setString(3, creditor);
            insert.setString(4, "Your enquiry about " + fileNumber);
            insert.setString(5, extracted(amount, reference));
            try (ResultSet rows = insert.executeQuery()) {
                rows.next();
                id = rows.getLong(1);
            }
        }
        announce(id, "email.received", fileNumber, creditor, amount);
        connection.commit();
        return id;
    }

    /** A clerk put an amount right that had been read wrongly from a mail. */
    void correct(long mailId, Claim claim, BigDecimal amount) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(CORRECT_MAIL)) {
            update.setString(1, amount.toPlainString());
            update.setLong(2, mailId);
            update.executeUpdate();
        }
        announce(mailId, "email.corrected", claim.fileNumber(), claim.creditor(), amount);
        connection.commit();
    }

    private void announce(long mailId, String event, String fileNumber, String creditor, BigDecimal amount)
            throws SQLException {
        UUID id = UUID.randomUUID();
        ObjectNode payload = JsonNodeFactory.instance
                .objectNode()
                .put("file_number", fileNumber)
                .put("creditor", creditor)
                .put("new_debt_amount", amount);
        try (PreparedStatement insert = connection.prepareStatement(INSERT_OUTBOX)) {
            insert.setObject(1, id);
            insert.setString(2, Long.toString(mailId));
            insert.setString(3, event);
            insert.setString(4, payload.toString());
            insert.executeUpdate();
        }
        try (PreparedStatement insert = connection.prepareStatement(INSERT_KEY)) {
            insert.setString(1, "mail-" + id);
            insert.executeUpdate();
        }
    }

    static String extracted(BigDecimal amount, @Nullable String reference) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("debt_amount", amount)
                .put("currency", "EUR")
                .put("reference", reference)
                .toString();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
