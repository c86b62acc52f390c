package io.plumbline.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.topics.config.PlumblineConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EffectiveConfigTest {

    private static final String WITH_ALL = ConfigFileTest.MINIMAL + """

            redis: { nodes: ["cache:6379"], tls: true, user: u, password: p, truststore: t.p12, keystore: k.p12 }
            exchanges:
              e: { adapter: coinbase, base-url: "https://exchange.example", timeframes: [1m] }
            """;

    @Test
    void shouldMaskSecretsAndShowDefaultsWhenItIsPrinted() {
        PlumblineConfig config = ConfigFile.parse(
                ConfigFileTest.MINIMAL,
                Map.of(
                        "PLUMBLINE_POSTGRES_PASSWORD", "hunter2",
                        "PLUMBLINE_POSTGRES_URL", "jdbc:postgresql://db/app?ssl=true&password=hunter2",
                        "PLUMBLINE_MONGO_URL", "mongodb://app:hunter2@db:27017",
                        "PLUMBLINE_KAFKA_PROPERTIES_SASL_JAAS_CONFIG", "password=hunter2"));

        String text = EffectiveConfig.text(config);

        assertThat(text)
                .doesNotContain("hunter2")
                .contains("url: jdbc:postgresql://db/app?ssl=true&password=***")
                .contains("mongodb://app:***@db:27017")
                .contains("grace: 30s")
                .contains("repair: auto")
                .contains("metrics-address: 127.0.0.1")
                .contains("pool-size: 8");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PLUMBLINE_POSTGRES_PASSWORD | hunter2",
                "PLUMBLINE_POSTGRES_URL | jdbc:postgresql://db:5432/app?user=a&password=hunter2&ssl=true",
                "PLUMBLINE_POSTGRES_URL | jdbc:postgresql://db/app?sslpassword=hunter2",
                "PLUMBLINE_MONGO_URL | mongodb://app:hunter2@db:27017",
                "PLUMBLINE_MONGO_URL | mongodb+srv://app:p@ss/hunter2@db",
                "PLUMBLINE_MONGO_URL | mongodb://db/?authMechanismProperties=AWS_SESSION_TOKEN:hunter2",
                "PLUMBLINE_MONGO_URL | mongodb://db/?tlsCertificateKeyFilePassword=hunter2",
                "PLUMBLINE_MONGO_TRUSTSTORE_PASSWORD | hunter2",
                "PLUMBLINE_MONGO_KEYSTORE_PASSWORD | hunter2",
                "PLUMBLINE_KAFKA_PROPERTIES_SASL_JAAS_CONFIG | Login required username=u password=hunter2;",
                "PLUMBLINE_KAFKA_PROPERTIES_SSL_KEYSTORE_PASSWORD | hunter2",
                "PLUMBLINE_KAFKA_PROPERTIES_SSL_KEY_PASSWORD | hunter2",
                "PLUMBLINE_KAFKA_PROPERTIES_SSL_TRUSTSTORE_PASSWORD | hunter2",
                "PLUMBLINE_KAFKA_PROPERTIES_SSL_KEYSTORE_KEY | hunter2",
                "PLUMBLINE_KAFKA_PROPERTIES_SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_SECRET | hunter2",
                "PLUMBLINE_REDIS_PASSWORD | hunter2",
                "PLUMBLINE_REDIS_TRUSTSTORE_PASSWORD | hunter2",
                "PLUMBLINE_REDIS_KEYSTORE_PASSWORD | hunter2",
            })
    void shouldShowNoSecretWhenItIsPrintedOrWritten(String variable, String value) {
        PlumblineConfig config = ConfigFile.parse(WITH_ALL, Map.of(variable, value));

        assertThat(EffectiveConfig.text(config)).doesNotContain("hunter2").contains("***");
        assertThat(config.toString()).doesNotContain("hunter2");
    }

    @Test
    void shouldShowNoSecretWhenItIsRefused() {
        Map<String, String> wrong = Map.of(
                "PLUMBLINE_POSTGRES_URL", "hunter2",
                "PLUMBLINE_MONGO_URL", "hunter2",
                "PLUMBLINE_REDIS_PASWORD", "hunter2",
                "PLUMBLINE_KAFKA_PARTITIONS", "none");

        assertThatThrownBy(() -> ConfigFile.parse(WITH_ALL, wrong))
                .hasMessageContaining("kafka.partitions")
                .hasMessageContaining("PLUMBLINE_REDIS_PASWORD")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void shouldShowNothingOfTheWebhooksAddressWhenItIsReadFromAFile(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("webhook"), "https://hooks.example/services/hunter2\n");
        PlumblineConfig config =
                ConfigFile.parse(ConfigFileTest.MINIMAL, Map.of("PLUMBLINE_NOTIFICATIONS_URL_FILE", file.toString()));

        assertThat(config.notifications().url()).isEqualTo("https://hooks.example/services/hunter2");
        assertThat(EffectiveConfig.text(config)).doesNotContain("hunter2", "hooks.example");
        assertThat(config.notifications().toString()).doesNotContain("hunter2");
    }

    @Test
    void shouldBeReadAsTheSameConfigurationWhenNothingIsMasked() {
        PlumblineConfig config = ConfigFile.parse(ConfigFileTest.MINIMAL, Map.of());

        PlumblineConfig again = ConfigFile.parse(EffectiveConfig.text(config).replace("***", "plumbline"), Map.of());

        assertThat(again).isEqualTo(config);
    }
}
