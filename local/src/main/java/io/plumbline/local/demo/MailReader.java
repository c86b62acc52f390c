package io.plumbline.local.demo;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Reads from PostgreSQL what the documents have to hold: a kept database outlives what its application knew. */
final class MailReader {

    private static final String NEWEST = "select distinct on (file_number, creditor) file_number, creditor, id,"
            + " (extracted_data->>'debt_amount')::numeric, nullif(btrim(extracted_data->>'reference'), ''), client_name"
            + " from incoming_emails order by file_number, creditor, received_at desc, id desc";

    private MailReader() {}

    static MailOracle read(Connection connection) throws SQLException {
        MailOracle oracle = new MailOracle();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(NEWEST)) {
            while (rows.next()) {
                String fileNumber = rows.getString(1);
                oracle.addClient(fileNumber, rows.getString(6));
                oracle.put(new Claim(
                        fileNumber,
                        rows.getString(2),
                        rows.getBigDecimal(4),
                        rows.getString(5),
                        null,
                        rows.getLong(3),
                        null));
            }
        }
        return oracle;
    }
}
