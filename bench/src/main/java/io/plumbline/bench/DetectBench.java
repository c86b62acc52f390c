package io.plumbline.bench;

import io.plumbline.reconciler.ReconcilerMain;
import io.plumbline.runtime.TopicCreator;
import io.plumbline.runtime.config.ConfigFile;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.KafkaConfig;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The fast way: an application changes rows and says so in its outbox; change capture, cases and looks follow.
 *
 * <ol>
 *   <li>Rate: changes are committed faster than they are looked at; the time from the first commit to the last look, less
 *       the grace, gives the changes per second.
 *   <li>Latency: at half that rate, one change in fifty is never copied. From its commit to the moment that its drift is
 *       read from Kafka, less the two waits that are configured (the grace before the first look and before the second).
 * </ol>
 */
@Command(name = "detect", description = "The fast way: changes per second, and latency from commit to drift.")
final class DetectBench implements Callable<Integer> {

    private static final String FEED = "io.plumbline.reconciler.feed.OutboxFeedMain";

    @Option(names = "--changes", defaultValue = "30000", description = "changes of a round (${DEFAULT-VALUE})")
    private int changes;

    @Option(names = "--seconds", defaultValue = "20", description = "seconds at half the rate (${DEFAULT-VALUE})")
    private int seconds;

    @Option(names = "--runs", defaultValue = "3", description = "rounds (${DEFAULT-VALUE})")
    private int runs;

    @Option(names = "--heap", defaultValue = "256m", description = "the heap of each process (${DEFAULT-VALUE})")
    private String heap = "256m";

    @Override
    public Integer call() throws InterruptedException, SQLException {
        try (BenchParts parts = BenchParts.start()) {
            new Customers(parts).fill(changes * 4L);
            Path file = parts.config("detect.", Customers.config("{}", ChangingApplication.OPTIONS));
            KafkaConfig kafka = ConfigFile.load(file, Map.of()).kafka();
            Topics topics = new Topics(kafka.topicPrefix(), kafka.partitions());
            TopicCreator.ensure(kafka, topics);
            try (ChangingApplication application = ChangingApplication.start(parts);
                    JavaProcess reconciler = start(ReconcilerMain.class.getName(), parts, file);
                    JavaProcess feed = start(FEED, parts, file)) {
                Console.say("the reconciler is process %d, the feed %d", reconciler.pid(), feed.pid());
                measure(new FastWay(application, kafka, topics, changes * 4L));
            }
        }
        return 0;
    }

    private JavaProcess start(String main, BenchParts parts, Path file) {
        Path log = parts.directory().resolve(main + ".log");
        return JavaProcess.start(main, List.of("-Xmx" + heap), log, file.toString());
    }

    private void measure(FastWay fastWay) {
        fastWay.awaitFirstLook();
        fastWay.rate(changes);
        List<Double> rates = new ArrayList<>();
        for (int i = 1; i <= runs; i++) {
            rates.add(fastWay.rate(changes));
            Console.say("round %d: %.0f changes/s", i, rates.getLast());
        }
        Console.print(Figure.of("detect.changes-per-second", rates, "changes/s", null));
        double half = Figure.median(rates) / 2;
        List<Double> middle = new ArrayList<>();
        List<Double> worst = new ArrayList<>();
        for (int i = 1; i <= runs; i++) {
            Latencies latencies = fastWay.latencies(half, seconds);
            middle.add(latencies.percentile(50));
            worst.add(latencies.percentile(99));
            Console.say("round %d at %.0f changes/s: %s", i, half, latencies);
        }
        Console.print(Figure.of("detect.latency-p50-ms", middle, "ms beyond the configured waits", null));
        Console.print(Figure.of("detect.latency-p99-ms", worst, "ms beyond the configured waits", "under 1000"));
    }
}
