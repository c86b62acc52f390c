package io.plumbline.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.topics.config.PlumblineConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EnvironmentOverridesTest {

    @TempDir
    private Path directory;

    @Test
    void shouldPreferTheEnvironmentWhenItNamesAKey() throws IOException {
        Path secret = Files.writeString(directory.resolve("password"), "from-a-file\n");

        PlumblineConfig config = ConfigFile.parse(
                ConfigFileTest.MINIMAL,
                Map.of(
                        "PLUMBLINE_KAFKA_BOOTSTRAP_SERVERS", "elsewhere:9092",
                        "PLUMBLINE_KAFKA_PROPERTIES_SASL_MECHANISM", "PLAIN",
                        "PLUMBLINE_POSTGRES_PASSWORD_FILE", secret.toString(),
                        "PLUMBLINE_APPS_WORKERS", "false",
                        "PLUMBLINE_DATASETS_CLIENTS_GRACE", "2s",
                        "PLUMBLINE_DATASETS_CLIENTS_BREAKER_MAX_RATIO", "0.5",
                        "PLUMBLINE_SCHEDULES_CLIENTS_FULL_ENABLED", "false",
                        "PLUMBLINE_CONFIG", "not a key"));

        assertThat(config.kafka().bootstrapServers()).isEqualTo("elsewhere:9092");
        assertThat(config.kafka().properties()).containsExactly(Map.entry("sasl.mechanism", "PLAIN"));
        assertThat(config.postgres().password()).isEqualTo("from-a-file");
        assertThat(config.apps().workers()).isFalse();
        assertThat(config.dataset("clients").grace()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.dataset("clients").breaker().maxRatio()).isEqualTo(0.5);
        assertThat(config.schedules().get("clients-full"))
                .isNotNull()
                .satisfies(schedule -> assertThat(schedule.enabled()).isFalse());
    }

    @Test
    void shouldNeedNoSectionInTheFileWhenTheEnvironmentGivesIt() {
        String yaml = ConfigFileTest.MINIMAL
                .lines()
                .filter(line -> !line.startsWith("kafka") && !line.startsWith("mongo"))
                .reduce("", (a, b) -> a + b + "\n");

        PlumblineConfig config = ConfigFile.parse(
                yaml,
                Map.of(
                        "PLUMBLINE_KAFKA_BOOTSTRAP_SERVERS", "a:1",
                        "PLUMBLINE_MONGO_URL", "mongodb://b",
                        "PLUMBLINE_MONGO_DATABASE", "c"));

        assertThat(config.mongo().url()).isEqualTo("mongodb://b");
        assertThat(config.kafka().bootstrapServers()).isEqualTo("a:1");
    }

    @ParameterizedTest
    @MethodSource("sections")
    void shouldRefuseAVariableOfASectionWhenItNamesNoKey(String section) {
        String name = "PLUMBLINE_" + section.toUpperCase(Locale.ROOT) + "_URI";

        ConfigException failure = catchThrowableOfType(
                ConfigException.class, () -> ConfigFile.parse(ConfigFileTest.CANDLES, Map.of(name, "https://hooks/x")));

        assertThat(failure.errors()).singleElement().asString().startsWith("environment " + name + ": no key");
    }

    private static Set<String> sections() {
        return new ConfigSchema().root().properties().keySet();
    }

    @Test
    void shouldKnowTheKafkaPropertiesOfTheEnvironmentWhenThereIsNoFile() throws IOException {
        Path secret = Files.writeString(directory.resolve("jaas"), "Login required;\n");

        Map<String, String> properties = KafkaEnvironment.properties(Map.of(
                "PLUMBLINE_KAFKA_PROPERTIES_SASL_MECHANISM",
                "PLAIN",
                "PLUMBLINE_KAFKA_PROPERTIES_SASL_JAAS_CONFIG_FILE",
                secret.toString(),
                "PLUMBLINE_KAFKA_TOPIC_PREFIX",
                "no property"));

        assertThat(properties)
                .containsOnly(Map.entry("sasl.mechanism", "PLAIN"), Map.entry("sasl.jaas.config", "Login required;"));
    }

    @Test
    void shouldReadTheCachesSecretsAndAddressesFromTheEnvironment() throws IOException {
        Path secret = Files.writeString(directory.resolve("redis"), "hunter2\n");

        PlumblineConfig config = ConfigFile.parse(
                ConfigFileTest.CANDLES,
                Map.of(
                        "PLUMBLINE_REDIS_NODES", "a:1,b:2",
                        "PLUMBLINE_REDIS_CLUSTER", "true",
                        "PLUMBLINE_REDIS_PASSWORD_FILE", secret.toString(),
                        "PLUMBLINE_REDIS_TLS", "true",
                        "PLUMBLINE_REDIS_TRUSTSTORE", "/etc/trust.p12",
                        "PLUMBLINE_REDIS_TRUSTSTORE_PASSWORD", "hunter2",
                        "PLUMBLINE_EXCHANGES_COINBASE_REQUESTS_PER_SECOND", "0.5"));

        assertThat(config.redis()).isNotNull().satisfies(redis -> {
            assertThat(redis.nodes()).containsExactly("a:1", "b:2");
            assertThat(redis.password()).isEqualTo("hunter2");
            assertThat(redis.toString()).doesNotContain("hunter2");
        });
        assertThat(EffectiveConfig.text(config))
                .contains("nodes:", "key-format:")
                .doesNotContain("hunter2");
    }
}
