package io.plumbline.local.demo;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Fills both stores alike with some years of mail: clients with one to four creditors each, of which each has answered one
 * to three times. The same seed makes the same mails.
 */
final class MailLoader {

    static final List<String> CREDITORS = List.of(
            "Savings Bank",
            "Power Company",
            "Telephone Company",
            "Mail Order House",
            "Health Insurance",
            "Landlord",
            "Water Works",
            "Tax Office");

    private static final int BATCH = 1000;
    private static final String INSERT = "insert into incoming_emails"
            + " (id, client_name, file_number, creditor, subject, extracted_data, sync_status, received_at, updated_at)"
            + " values (?, ?, ?, ?, ?, ?::jsonb, 'synced', now() - ? * interval '1 minute', now() - ? * interval '1 minute')";

    private final Random random;
    private final int clients;
    private long mails;

    MailLoader(long seed, int clients) {
        this.random = new Random(seed);
        this.clients = clients;
    }

    /** Fills both stores, and tells the oracle. */
    MailOracle load(Connection connection, MailDocuments documents) throws SQLException {
        MailOracle oracle = new MailOracle();
        connection.setAutoCommit(false);
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (int i = 0; i < clients; i++) {
                String fileNumber = fileNumber(i);
                oracle.addClient(fileNumber, name(i));
                for (Claim claim : claims(insert, i)) {
                    oracle.put(claim);
                }
                if (i % BATCH == BATCH - 1 || i == clients - 1) {
                    insert.executeBatch();
                }
            }
        }
        afterwards(connection);
        connection.commit();
        copy(oracle, documents);
        return oracle;
    }

    long mails() {
        return mails;
    }

    static String fileNumber(int client) {
        return (2003 + client % 20) + "/" + (100 + client);
    }

    static String name(int client) {
        return "Client " + client;
    }

    static BigDecimal amount(Random random) {
        return BigDecimal.valueOf(100 + random.nextInt(999_900), 2);
    }

    private List<Claim> claims(PreparedStatement insert, int client) throws SQLException {
        List<String> creditors = new ArrayList<>(CREDITORS);
        Collections.shuffle(creditors, random);
        List<Claim> claims = new ArrayList<>();
        for (String creditor : creditors.subList(0, 1 + random.nextInt(4))) {
            claims.add(claim(insert, client, creditor));
        }
        return claims;
    }

    private Claim claim(PreparedStatement insert, int client, String creditor) throws SQLException {
        String reference = random.nextInt(5) == 0 ? null : "R-" + (10_000 + random.nextInt(90_000));
        String note = random.nextInt(3) == 0 ? "called on day " + (1 + random.nextInt(28)) : null;
        int answers = 1 + random.nextInt(3);
        Long before = null;
        for (int answer = 1; ; answer++) {
            BigDecimal amount = amount(random);
            long id = ++mails;
            addMail(insert, id, client, creditor, amount, reference, (answers - answer) * 10_000L + 5_000);
            if (answer == answers) {
                return new Claim(fileNumber(client), creditor, amount, reference, note, id, before);
            }
            before = id;
        }
    }

    private void addMail(
            PreparedStatement insert,
            long id,
            int client,
            String creditor,
            BigDecimal amount,
            @Nullable String reference,
            long minutesAgo)
            throws SQLException {
        insert.setLong(1, id);
        insert.setString(2, name(client));
        insert.setString(3, fileNumber(client));
        insert.setString(4, creditor);
        insert.setString(5, "Your enquiry about " + fileNumber(client));
        // Mails spell things as they like: blanks around a reference do not matter.
        insert.setString(
                6, MailTables.extracted(amount, reference == null && id % 2 == 0 ? "" : padded(reference, id)));
        insert.setLong(7, minutesAgo);
        insert.setLong(8, minutesAgo);
        insert.addBatch();
    }

    private static @Nullable String padded(@Nullable String reference, long id) {
        return reference != null && id % 7 == 0 ? " " + reference + " " : reference;
    }

    /** What such a system has besides: old outbox rows and keys, which the clean-up is for. */
    private void afterwards(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("select setval(pg_get_serial_sequence('incoming_emails', 'id'), " + mails + ")");
            statement.execute("insert into outbox_messages (id, aggregate_type, aggregate_id, event_type, payload,"
                    + " created_at, processed_at) select gen_random_uuid(), 'email', n::text, 'email.received', '{}',"
                    + " now() - interval '40 days', now() - interval '40 days' from generate_series(1, " + OLD_ROWS
                    + ") n");
            statement.execute("insert into idempotency_keys select 'old-' || n, now() - interval '3 days',"
                    + " now() - interval '2 days' from generate_series(1, " + OLD_KEYS + ") n");
        }
    }

    static final int OLD_ROWS = 250;
    static final int OLD_KEYS = 400;

    /** Writes a document of each client. */
    static void copy(MailOracle oracle, MailDocuments documents) {
        List<Document> batch = new ArrayList<>();
        for (String fileNumber : oracle.fileNumbers()) {
            batch.add(MailDocuments.document(
                    fileNumber, oracle.name(fileNumber), oracle.of(fileNumber).values()));
            if (batch.size() == BATCH) {
                documents.collection().insertMany(batch);
                batch.clear();
            }
        }
        if (!batch.isEmpty()) {
            documents.collection().insertMany(batch);
        }
    }
}
