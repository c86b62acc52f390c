package io.plumbline.stores.connect;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.stores.replication.SourceLog;
import io.plumbline.topics.config.MongoConfig;
import io.plumbline.topics.config.PostgresConfig;
import org.junit.jupiter.api.Test;

/** Drivers show addresses that they cannot read, with all that is in them. */
class SecretsInAddressesTest {

    private static final PostgresConfig POSTGRES =
            new PostgresConfig("jdbc:postgresql://db:port/app?password=hunter2", "app", "hunter2", "plumbline", 2);

    @Test
    void shouldNotShowItWhenTheLogsAddressCannotBeRead() {
        assertThatThrownBy(() -> SourceLog.open(POSTGRES))
                .hasMessageContaining("postgres.url is not a PostgreSQL URL")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void shouldSayWhatIsRightAndNotShowThemWhenAddressesCannotBeRead() {
        MongoConfig mongo = new MongoConfig("mongodb://app:hunter2/x@db:27017", "app", null, null, null, null);

        assertThatThrownBy(() -> Connections.open(POSTGRES, 1, mongo))
                .hasMessageContaining("postgres.url: is not a PostgreSQL URL")
                .hasMessageContaining("mongo.url: cannot be read; right is mongodb://USER:PASSWORD@HOST:27017/")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void shouldNameTheTruststoreWhenItCannotBeRead() {
        MongoConfig mongo = new MongoConfig("mongodb://db/?tls=true", "app", "/nowhere/trusted.p12", null, null, null);

        assertThatThrownBy(() -> Connections.open(POSTGRES, 1, mongo))
                .hasMessageContaining("mongo.truststore names '/nowhere/trusted.p12', which cannot be read");
    }
}
