package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.topics.config.KafkaConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class ClusterOptionsTest {

    private static final String MECHANISM = "PLUMBLINE_KAFKA_PROPERTIES_SASL_MECHANISM";
    private static final String JAAS_FILE = "PLUMBLINE_KAFKA_PROPERTIES_SASL_JAAS_CONFIG_FILE";

    @TempDir
    Path directory;

    @Test
    void shouldReachASecuredClusterWhenTheEnvironmentSaysHow() throws IOException {
        Path secret = Files.writeString(directory.resolve("jaas"), "Login required;\n");

        KafkaConfig config = config(Map.of(MECHANISM, "PLAIN", JAAS_FILE, secret.toString()));

        assertThat(config.properties())
                .containsEntry("sasl.mechanism", "PLAIN")
                .containsEntry("sasl.jaas.config", "Login required;")
                .containsEntry("request.timeout.ms", "5000");
    }

    @Test
    void shouldPreferTheFileOfPropertiesWhenTheEnvironmentSaysOtherwise() throws IOException {
        Path file = Files.writeString(directory.resolve("client.properties"), "sasl.mechanism=SCRAM-SHA-512\n");

        KafkaConfig config = config(
                Map.of(MECHANISM, "PLAIN", "PLUMBLINE_KAFKA_PROPERTIES_CLIENT_RACK", "a"),
                "--client-properties",
                file.toString());

        assertThat(config.properties())
                .containsEntry("sasl.mechanism", "SCRAM-SHA-512")
                .containsEntry("client.rack", "a");
    }

    @Test
    void shouldSayWhichVariableIsWrongWhenItsFileCannotBeRead() {
        CliException failure = catchThrowableOfType(
                CliException.class,
                () -> config(Map.of(JAAS_FILE, directory.resolve("absent").toString())));

        assertThat(failure.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(failure).hasMessageStartingWith("environment " + JAAS_FILE + ": cannot read");
    }

    private static KafkaConfig config(Map<String, String> environment, String... args) {
        Probe probe = new Probe();
        new CommandLine(probe).parseArgs(args);
        return probe.options.config(environment);
    }

    @Command
    private static final class Probe {

        @Mixin
        private final ClusterOptions options = new ClusterOptions();
    }
}
