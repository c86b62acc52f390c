package io.plumbline.bench;

import io.plumbline.local.EmbeddedKafka;
import io.plumbline.runtime.TopicCreator;
import io.plumbline.runtime.config.ConfigFile;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.KafkaConfig;
import io.plumbline.topics.record.Tick;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How late ticks are: a ticker in a process of its own fires schedules that are due once a minute each.
 *
 * <ol>
 *   <li>First all are due at the same instant, the minute's beginning; then, by another ticker, over all its seconds (by
 *       time zones that differ by seconds, since a cron line names none).
 *   <li>A tick's lateness is from its nominal instant to the moment that a consumer which reads what is committed has
 *       it, by the system clock of this machine, which is the ticker's too.
 *   <li>A round is a minute of ticks; all of them must come, once each. The first minute is not measured.
 * </ol>
 */
@Command(name = "tick", description = "Lateness of ticks.")
final class TickBench implements Callable<Integer> {

    private static final int SECONDS = 60;
    private static final Duration START = Duration.ofMinutes(4);

    @Option(names = "--schedules", defaultValue = "1000", description = "schedules a minute (${DEFAULT-VALUE})")
    private int schedules;

    @Option(names = "--runs", defaultValue = "3", description = "rounds of a minute, each way (${DEFAULT-VALUE})")
    private int runs;

    @Option(names = "--heap", defaultValue = "256m", description = "the ticker's heap (${DEFAULT-VALUE})")
    private String heap = "256m";

    private final Clock clock = Clock.systemUTC();

    @Override
    public Integer call() throws InterruptedException, IOException {
        Console.say("this takes about %d minutes", 2 * (runs + 2));
        Path directory = Files.createTempDirectory("plumbline-bench-");
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            measure("tick", i -> "UTC", kafka, directory);
            measure("tick.spread", i -> "+00:00:%02d".formatted(i % SECONDS), kafka, directory);
        } finally {
            BenchParts.delete(directory);
        }
        return 0;
    }

    private void measure(String figure, IntFunction<String> zone, EmbeddedKafka broker, Path directory)
            throws InterruptedException, IOException {
        Path file = Files.writeString(directory.resolve(figure + ".yaml"), config(figure + ".", zone, broker));
        KafkaConfig kafka = ConfigFile.load(file, Map.of()).kafka();
        Topics topics = new Topics(kafka.topicPrefix(), kafka.partitions());
        TopicCreator.ensure(kafka, topics);
        try (RunWatch watch = new RunWatch(kafka, topics, List.of(topics.ticks));
                AppProcess ticker = AppProcess.start(App.TICKER, figure, file, directory, heap)) {
            List<Latencies> rounds = await(watch, ticker);
            rounds.forEach(round -> Console.say("%s: %s", figure, round));
            print(figure + ".lateness-p50-ms", rounds, 50, null);
            print(figure + ".lateness-p99-ms", rounds, 99, "under 250");
        }
    }

    private List<Latencies> await(RunWatch watch, AppProcess ticker) {
        TickRounds rounds = new TickRounds(schedules, runs);
        long end = System.nanoTime() + START.plusMinutes(runs).toNanos();
        while (!rounds.isComplete()) {
            ticker.requireAlive();
            if (System.nanoTime() > end) {
                throw new IllegalStateException("ticks are missing: " + rounds.measured());
            }
            List<ConsumerRecord<byte[], byte[]>> read = watch.poll();
            Instant readAt = clock.instant();
            read.forEach(record -> rounds.take((Tick) watch.value(record), readAt));
        }
        return rounds.measured();
    }

    private static void print(String figure, List<Latencies> rounds, int percent, @Nullable String goal) {
        List<Double> values =
                rounds.stream().map(round -> round.percentile(percent)).toList();
        Console.print(Figure.of(figure, values, "ms after the nominal instant", goal));
    }

    /** The exchange and its cache are never spoken to: a schedule needs a job to ask for. */
    private String config(String prefix, IntFunction<String> zone, EmbeddedKafka kafka) {
        return """
                kafka: { bootstrap-servers: "%s", topic-prefix: "%s" }
                redis: { nodes: ["127.0.0.1:1"] }
                exchanges:
                  none: { adapter: coinbase, base-url: "http://127.0.0.1", timeframes: [1m] }
                schedules:
                  none-candles: { enabled: false }
                  none-candles-hourly: { enabled: false }
                """.formatted(kafka.bootstrapServers(), prefix)
                + IntStream.range(0, schedules)
                        .mapToObj(i -> "  s%d: { cron: '* * * * *', zone: '%s', job: none-candles }\n"
                                .formatted(i, zone.apply(i)))
                        .collect(Collectors.joining());
    }
}
