package io.plumbline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.topics.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every bench runs from its beginning to its end, in a process of its own, and prints the figures that its README names. Sizes
 * are far too small for the figures to say anything. Left out are {@code tick}, which takes minutes whatever its size, and
 * the soak, which judges a long time.
 */
@Execution(ExecutionMode.CONCURRENT)
class BenchRunsTest {

    private static final long PATIENCE_MINUTES = 5;

    @TempDir
    Path directory;

    /** @param figures after the bench's name and a dot */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            scan | --rows 20000 --grown 40000 | over-bare-reads over-row-lookups rows-per-second growth-1m-to-4m
            repair | --repairs 500 | over-bare-writes over-bare-steps repairs-per-second
            detect | --changes 500 --seconds 2 | changes-per-second latency-p50-ms latency-p99-ms
            cache-scan | --series 50 --slots 60 --sample 20 | over-plain over-plain-pipelined \
                thorough-over-plain-pipelined series-per-second
            gaps | --candles 5000 --only 50 | over-pass-through over-put over-bare-consumer candles-per-second \
                bytes-per-held-candle restore-seconds-per-million-slots
            backfill | --per-second 20 --seconds 3 --series 2 | at-20.rate-used at-20.rejected
            start | --apps TICKER,RECONCILER | ticker.first-work-ms ticker.resident-mb ticker.peak-mb \
                reconciler.first-work-ms reconciler.resident-mb reconciler.peak-mb
            scale | --rows 5000 --drifts 200 --segment 500 --instances 1 | 1.segments-twice 1.comparisons-twice \
                1.writes-twice 1.run-seconds
            """)
    void shouldPrintItsFigures(String bench, String sizes, String figures) throws IOException, InterruptedException {
        Path printed = directory.resolve("figures");
        Path said = directory.resolve("progress");

        int status = run((bench + " --runs 1 " + sizes).split(" "), printed, said);

        assertThat(status).as(Files.readString(said)).isZero();
        List<JsonNode> told = new ArrayList<>();
        for (String line : Files.readAllLines(printed)) {
            told.add(Json.MAPPER.readTree(line));
        }
        assertThat(told)
                .extracting(figure -> figure.get("figure").asText())
                .as(Files.readString(said))
                .containsExactlyInAnyOrder(Stream.of(figures.split(" +"))
                        .map(figure -> bench + "." + figure)
                        .toArray(String[]::new));
        assertThat(told)
                .allSatisfy(figure -> assertThat(figure.get("value").isNumber()).isTrue())
                .allSatisfy(figure -> assertThat(figure.get("runs")).hasSize(1));
    }

    private static int run(String[] arguments, Path printed, Path said) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                BenchMain.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(printed.toFile()).redirectError(said.toFile());
        // Of it and of the processes that it starts: they end before it would pay to compile them well.
        builder.environment().put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1");
        Process process = builder.start();
        try {
            assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES))
                    .as("it ends")
                    .isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }
}
