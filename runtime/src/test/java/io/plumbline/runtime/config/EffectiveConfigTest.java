package io.plumbline.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.config.PlumblineConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EffectiveConfigTest {

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
