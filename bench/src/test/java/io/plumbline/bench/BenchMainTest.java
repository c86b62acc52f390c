package io.plumbline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class BenchMainTest {

    private final StringWriter said = new StringWriter();
    private final CommandLine bench =
            BenchMain.commandLine().setOut(new PrintWriter(said)).setErr(new PrintWriter(said));

    @ParameterizedTest
    @MethodSource("benches")
    void shouldSayWhatItIsAndItsOptionsWhenHelpIsAskedFor(String name) {
        assertThat(bench.execute(name, "--help")).isZero();

        assertThat(said.toString()).contains("Usage: bench " + name, "--help");
    }

    @ParameterizedTest
    @MethodSource("benches")
    void shouldMeasureNothingWhenAnOptionIsUnknown(String name) {
        assertThat(bench.execute(name, "--no-such-option")).isEqualTo(CommandLine.ExitCode.USAGE);

        assertThat(said.toString()).contains("--no-such-option", "Usage: bench " + name);
    }

    private static Set<String> benches() {
        return BenchMain.commandLine().getSubcommands().keySet();
    }
}
