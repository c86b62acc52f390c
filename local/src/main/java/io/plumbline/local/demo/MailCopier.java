package io.plumbline.local.demo;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes all documents anew from PostgreSQL: the embedded MongoDB server forgets, a kept PostgreSQL does not. */
final class MailCopier {

    private static final String NEWEST = "select distinct on (file_number, creditor) file_number, creditor, id,"
            + " (extracted_data->>'debt_amount')::numeric, nullif(btrim(extracted_data->>'reference'), ''), client_name"
            + " from incoming_emails order by file_number, creditor, received_at desc, id desc";

    private final Connection connection;
    private final MailDocuments documents;

    MailCopier(Connection connection, MailDocuments documents) {
        this.connection = connection;
        this.documents = documents;
    }

    void copyAll() throws SQLException {
        Map<String, List<Claim>> claims = new TreeMap<>();
        Map<String, String> names = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(NEWEST)) {
            while (rows.next()) {
                String fileNumber = rows.getString(1);
                BigDecimal amount = rows.getBigDecimal(4);
                Claim claim = new Claim(
                        fileNumber, rows.getString(2), amount, rows.getString(5), null, rows.getLong(3), null);
                claims.computeIfAbsent(fileNumber, key -> new ArrayList<>()).add(claim);
                names.put(fileNumber, rows.getString(6));
            }
        }
        documents
                .collection()
                .insertMany(claims.entrySet().stream()
                        .map(entry ->
                                MailDocuments.document(entry.getKey(), names.get(entry.getKey()), entry.getValue()))
                        .toList());
    }
}
