package io.plumbline.reconciler.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.config.Configuration;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.plumbline.runtime.config.ConfigFile;
import io.plumbline.stores.replication.CapturedTable;
import io.plumbline.stores.replication.ReplicationSlot;
import io.plumbline.stores.replication.SourceServer;
import io.plumbline.topics.config.PlumblineConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CaptureSettingsTest {

    @Test
    void shouldVerifyTheServerWhenTheUrlSaysSo() {
        PlumblineConfig config = ConfigFile.parse("""
                kafka: { bootstrap-servers: "127.0.0.1:9092" }
                postgres:
                  { url: "jdbc:postgresql://db/app?sslmode=verify-full&sslrootcert=/etc/ca.crt", user: app, password: plumbline }
                mongo: { url: "mongodb://localhost", database: app }
                datasets:
                  mails:
                    source: { table: mails, primary-key: [id], order: id }
                    target: { collection: mails }
                    key: [ { source: id, document: _id } ]
                    fields: [ { source: status } ]
                    outbox: { table: outbox }
                """, Map.of());
        FeedConfig.Feed feed = FeedConfig.of(config).feeds().getFirst();
        FeedPosition position = FeedPosition.startOf(
                new SourceServer("1", "app", 1), new ReplicationSlot("slot", "app", "pgoutput", false, 1, null));

        PostgresConnectorConfig debezium = new PostgresConnectorConfig(Configuration.from(
                new CaptureSettings(config.postgres(), feed, new CapturedTable("public", "outbox"), position)
                        .properties()));

        assertThat(debezium.getJdbcConfig().asMap())
                .containsEntry("sslmode", "verify-full")
                .containsEntry("sslrootcert", "/etc/ca.crt");
    }
}
