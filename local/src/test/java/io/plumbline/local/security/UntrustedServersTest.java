package io.plumbline.local.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.stores.CandleCache;
import io.plumbline.stores.StoreRefusedException;
import io.plumbline.stores.connect.CandleStores;
import io.plumbline.stores.connect.ConnectedStores;
import io.plumbline.stores.connect.StoreUse;
import io.plumbline.stores.connect.StoresConfigException;
import io.plumbline.ticker.TickerMain;
import io.plumbline.topics.config.PlumblineConfig;
import io.plumbline.topics.record.SeriesKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A server whose certificate is somebody else's is not spoken to, and that is said: it is not merely away. */
@ExtendWith(SecuredSystemExtension.class)
class UntrustedServersTest {

    private final SecuredSystem secured;

    UntrustedServersTest(SecuredSystem secured) {
        this.secured = secured;
    }

    @Test
    void shouldRefusePostgresAndMongoWhenTheirCertificatesAreNotTrusted() throws Exception {
        PlumblineConfig config = secured.config("reconciler", secured.stranger);

        assertThatThrownBy(() -> ConnectedStores.open(config, StoreUse.RECONCILE))
                .isInstanceOf(StoresConfigException.class)
                .hasMessageContaining("postgres.url: the server's certificate is not trusted")
                .hasMessageContaining("sslrootcert")
                .hasMessageContaining("mongo.url: the server's certificate is not trusted")
                .hasMessageContaining("mongo.truststore");
    }

    @Test
    void shouldRefuseRedisWhenItsCertificateIsNotTrusted() throws Exception {
        try (CandleCache cache = CandleStores.openCache(secured.config("gap-detector", secured.stranger))
                .orElseThrow()) {
            assertThatThrownBy(() -> cache.oldest(List.of(new SeriesKey("simulated", "BTC/EUR", "1m"))))
                    .isInstanceOf(StoreRefusedException.class)
                    .hasMessageContaining("certificate is not trusted")
                    .hasMessageContaining("redis.truststore");
        }
    }

    @Test
    void shouldNotStartWhenTheBrokersCertificateIsNotTrusted() throws Exception {
        AppRun run =
                AppRun.toItsEnd(TickerMain.class, secured.configFile, secured.environment("ticker", secured.stranger));

        assertThat(run.output())
                .contains("ticker does not start: Kafka does not accept User:plumbline-ticker: SSL handshake failed")
                .contains("kafka.properties")
                .doesNotContain(SecuredSystem.KAFKA_PASSWORD);
        assertThat(run.status()).isEqualTo(5);
    }

    @Test
    void shouldNotStartAndKeepSecretsWhenThePasswordIsWrong() throws Exception {
        Map<String, String> environment = secured.environment("ticker");
        environment.remove("PLUMBLINE_KAFKA_PROPERTIES_SASL_JAAS_CONFIG_FILE");
        environment.put(
                "PLUMBLINE_KAFKA_PROPERTIES_SASL_JAAS_CONFIG",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"plumbline-ticker\" password=\"guessed\";");

        AppRun run = AppRun.toItsEnd(TickerMain.class, secured.configFile, environment);

        assertThat(run.output())
                .contains("Kafka does not accept User:plumbline-ticker: Authentication failed")
                .doesNotContain("guessed")
                .doesNotContain(SecuredStores.PASSWORD)
                .doesNotContain(Certificates.PASSWORD);
        assertThat(run.status()).isEqualTo(5);
    }
}
