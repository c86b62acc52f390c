package io.plumbline.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.plumbline.local.EmbeddedMongo;
import io.plumbline.local.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class MailReaderTest {

    @Test
    void shouldKnowWhatTheDocumentsHaveToHoldWhenTheApplicationStartsAgain() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                EmbeddedMongo mongo = EmbeddedMongo.start();
                MongoClient client = MongoClients.create(mongo.url());
                Connection connection = postgres.connect()) {
            MailDocuments documents =
                    new MailDocuments(client.getDatabase("crm").getCollection("clients"));
            connection.createStatement().execute(tables());
            MailOracle loaded = new MailLoader(1, 30).load(connection, documents);

            MailOracle read = MailReader.read(connection);

            assertThat(read.fileNumbers()).containsExactlyInAnyOrderElementsOf(loaded.fileNumbers());
            assertThat(known(read)).hasSizeGreaterThan(30).isEqualTo(known(loaded));
        }
    }

    /** Without what PostgreSQL does not say: notes, and which mail came before. */
    private static List<Claim> known(MailOracle oracle) {
        return oracle.all()
                .map(claim -> new Claim(
                        claim.fileNumber(),
                        claim.creditor(),
                        claim.amount(),
                        claim.reference(),
                        null,
                        claim.mailId(),
                        null))
                .toList();
    }

    private static String tables() throws Exception {
        try (var sql = Objects.requireNonNull(MailReader.class.getResourceAsStream("mail-system.sql"))) {
            return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
