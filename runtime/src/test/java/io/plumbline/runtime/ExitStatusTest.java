package io.plumbline.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.runtime.EndingApp.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The statuses that processes end with, of real ones. */
class ExitStatusTest {

    /** Of nothing that is used: the app has no part that would. */
    private static final String CONFIG = """
            kafka: { bootstrap-servers: "unused:1" }
            redis: { nodes: ["unused:1"] }
            exchanges: { coinbase: { adapter: coinbase, base-url: "http://unused", timeframes: [1m] } }
            """;

    @TempDir
    private Path directory;

    @Test
    void shouldBeTheSignalsWhenItWasAskedToEndAndEndedInOrder() throws IOException, InterruptedException {
        Process app = startAndAwaitThatItRuns(Part.ENDS_IN_ORDER);

        app.destroy();

        assertThat(status(app)).isEqualTo(143);
    }

    @Test
    void shouldBeFourWhenItWasAskedToEndAndAPartDidNotInOrder() throws IOException, InterruptedException {
        Process app = startAndAwaitThatItRuns(Part.DOES_NOT_END_IN_ORDER);

        app.destroy();

        assertThat(status(app)).isEqualTo(4);
    }

    @Test
    void shouldBeOneWhenAPartFailedThoughAnotherDoesNotEndInOrderThen() throws IOException, InterruptedException {
        Process app = startAndAwaitThatItRuns(Part.FAILS_AND_DOES_NOT_END_IN_ORDER);

        app.getOutputStream().write('\n');
        app.getOutputStream().flush();

        assertThat(status(app)).isEqualTo(1);
    }

    private Process startAndAwaitThatItRuns(Part part) throws IOException {
        Path config = Files.writeString(directory.resolve("plumbline.yaml"), CONFIG);
        Process app = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndingApp.class.getName(),
                        config.toString(),
                        part.name())
                .redirectErrorStream(true)
                .start();
        StringBuilder said = new StringBuilder();
        BufferedReader output = app.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.append(line).append('\n');
            if (line.endsWith("ending-app runs")) {
                return app;
            }
        }
        throw new IllegalStateException("it does not run, but said:\n" + said);
    }

    private static int status(Process app) throws InterruptedException {
        try {
            assertThat(app.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return app.exitValue();
        } finally {
            app.destroyForcibly();
        }
    }
}
