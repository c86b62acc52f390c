package io.plumbline.bench;

import io.plumbline.local.EmbeddedRedis;
import io.plumbline.runtime.TopicCreator;
import io.plumbline.runtime.config.ConfigFile;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.KafkaConfig;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How long each app takes from the start of its process to its first work done, and the memory that it then has.
 *
 * <ol>
 *   <li>Each round has topics of its own, which exist; no group, no state, no changelog does. What is there to do waits.
 *   <li>The apps are started and ended one after the other, so that none takes the cores of another. The clock runs from
 *       before the process is made to when its first committed answer was read.
 *   <li>Memory is what the kernel says of the process at that moment: resident, and the most that it was.
 * </ol>
 */
@Command(name = "start", description = "From process start to the first work done, per app, and its memory.")
final class StartBench implements Callable<Integer> {

    private static final int ROWS = 1_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Option(names = "--runs", defaultValue = "3", description = "rounds (${DEFAULT-VALUE})")
    private int runs;

    @Option(names = "--heap", defaultValue = "256m", description = "the heap of each app (${DEFAULT-VALUE})")
    private String heap = "256m";

    @Option(names = "--apps", split = ",", description = "only these, such as TICKER,REPAIRER")
    private List<App> apps = List.of(App.values());

    @Override
    public Integer call() throws InterruptedException, SQLException {
        Map<App, List<Start>> starts = new EnumMap<>(App.class);
        try (BenchParts parts = BenchParts.start();
                EmbeddedRedis redis = BenchParts.startRedis()) {
            new Customers(parts).fill(ROWS);
            try (ChangingApplication application = ChangingApplication.start(parts)) {
                for (int i = 1; i <= runs; i++) {
                    Path file = config(parts, redis, i);
                    KafkaConfig kafka = ConfigFile.load(file, Map.of()).kafka();
                    Topics topics = new Topics(kafka.topicPrefix(), kafka.partitions());
                    TopicCreator.ensure(kafka, topics);
                    FirstWork work = new FirstWork(kafka, topics, application, Clock.systemUTC());
                    for (App app : apps) {
                        Start start = start(app, i, file, parts.directory(), work);
                        Console.say("round %d: %s, %s after %s", i, app.label(), FirstWork.words(app), start);
                        starts.computeIfAbsent(app, none -> new ArrayList<>()).add(start);
                    }
                }
            }
        }
        starts.forEach(StartBench::print);
        return 0;
    }

    private Start start(App app, int round, Path file, Path directory, FirstWork work) {
        try (RunWatch watch = new RunWatch(work.kafka(), work.topics(), List.of(work.shownOn(app)))) {
            work.prepare(app);
            long start = System.nanoTime();
            try (AppProcess process = AppProcess.start(app, app.label() + "-" + round, file, directory, heap)) {
                while (watch.poll().isEmpty()) {
                    process.requireAlive();
                    if (System.nanoTime() - start > PATIENCE.toNanos()) {
                        throw new IllegalStateException(
                                app.label() + " did nothing within " + PATIENCE + ":\n" + process.lastWords());
                    }
                    work.whileWaiting(app);
                }
                double millis = (System.nanoTime() - start) / 1e6;
                return new Start(millis, Footprint.of(process.process().pid()));
            }
        }
    }

    private static void print(App app, List<Start> starts) {
        String name = "start." + app.label() + ".";
        Console.print(Figure.of(
                name + "first-work-ms", starts.stream().map(Start::millis).toList(), "ms", null));
        Console.print(Figure.of(
                name + "resident-mb",
                starts.stream().map(start -> start.memory().residentMb()).toList(),
                "MB",
                null));
        Console.print(Figure.of(
                name + "peak-mb",
                starts.stream().map(start -> start.memory().peakMb()).toList(),
                "MB",
                null));
    }

    private static Path config(BenchParts parts, EmbeddedRedis redis, int round) {
        String datasets = Customers.config("{}", ChangingApplication.options("off", "start_" + round));
        return parts.config("start-" + round + ".", """
                redis: { nodes: ["%s"] }
                exchanges:
                  simulated: { adapter: coinbase, base-url: "http://127.0.0.1:1", timeframes: [1m] }
                """.formatted(redis.node()) + datasets + """
                  simulated-candles: { enabled: false }
                  simulated-candles-hourly: { enabled: false }
                """);
    }

    /** One start of an app. */
    private record Start(double millis, Footprint memory) {

        @Override
        public String toString() {
            return "%.0f ms with %.0f MB".formatted(millis, memory.residentMb());
        }
    }
}
