package io.plumbline.bench;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.plumbline.runtime.TopicCreator;
import io.plumbline.runtime.config.ConfigFile;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.KafkaConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How the work of a run is shared out: the same full run, with the same planted drift, by 1, 2 and 4 reconcilers and as
 * many repairers. Two cores cannot show that more processes are faster.
 *
 * <ol>
 *   <li>Spoil a field of some documents, spread over the table; ask for a full run, which must repair exactly these.
 *   <li>What each process did is what its own meters counted meanwhile: they count before the commit, so that work which
 *       was done and had to be done again counts twice.
 *   <li>What was to be done are the pieces with a committed answer on Kafka, each counted once. Both must be the same.
 * </ol>
 */
@Command(name = "scale", description = "How work is shared out among 1, 2 and 4 reconcilers and repairers.")
final class ScaleBench implements Callable<Integer> {

    private static final String EVEN = "at most 20";

    @Option(names = "--rows", defaultValue = "200000", description = "rows of the table (${DEFAULT-VALUE})")
    private long rows;

    @Option(names = "--drifts", defaultValue = "4000", description = "planted drifts (${DEFAULT-VALUE})")
    private int drifts;

    @Option(names = "--segment", defaultValue = "2500", description = "rows of a segment (${DEFAULT-VALUE})")
    private int segment;

    @Option(names = "--instances", split = ",", defaultValue = "1,2,4", description = "of each (${DEFAULT-VALUE})")
    private List<Integer> instances = List.of();

    @Option(names = "--runs", defaultValue = "3", description = "rounds (${DEFAULT-VALUE})")
    private int runs;

    @Option(names = "--heap", defaultValue = "192m", description = "the heap of each process (${DEFAULT-VALUE})")
    private String heap = "192m";

    private int spoilt;

    @Override
    public Integer call() throws InterruptedException {
        try (BenchParts parts = BenchParts.start()) {
            new Customers(parts).fill(rows);
            for (int many : instances) {
                measure(many, parts);
            }
        }
        return 0;
    }

    private void measure(int many, BenchParts parts) throws InterruptedException {
        String apps = "{ scan-workers: 1, check-workers: 1, repair-workers: 1 }";
        String options = "grace: 1s\nrepair: auto\nsegment-size: %d\ndeadline: 1h\n".formatted(segment);
        Path file = parts.config("scale-" + many + ".", Customers.config(apps, options));
        KafkaConfig kafka = ConfigFile.load(file, Map.of()).kafka();
        Topics topics = new Topics(kafka.topicPrefix(), kafka.partitions());
        TopicCreator.ensure(kafka, topics);
        List<List<Shares>> rounds = new ArrayList<>();
        List<Double> seconds = new ArrayList<>();
        try (ScaledApps running = ScaledApps.start(many, file, kafka, parts.directory(), heap)) {
            for (int i = 1; i <= runs; i++) {
                spoil(parts);
                List<Shares> before = shares(running, 0, 0, 0);
                long start = System.nanoTime();
                ScaleRound round = ScaleRound.run(kafka, topics, "scale-" + i, drifts, running::requireAlive);
                seconds.add(StreamClock.seconds(start));
                List<Shares> after = shares(running, round.pieces(), round.looks(), round.repairs());
                List<Shares> done = new ArrayList<>();
                for (int kind = 0; kind < after.size(); kind++) {
                    done.add(after.get(kind).since(before.get(kind)));
                }
                Console.say("%d of each, round %d: %.1f s; %s", many, i, seconds.getLast(), done);
                rounds.add(done);
            }
        }
        print(many, rounds, seconds);
    }

    private static List<Shares> shares(ScaledApps apps, long pieces, long looks, long repairs) {
        String done = "status=\"DONE\"";
        List<Double> looked = new ArrayList<>(apps.each(App.RECONCILER, "plumbline_checks_commands_total"));
        return List.of(
                new Shares("segments", apps.each(App.RECONCILER, "plumbline_work_commands_total", done), pieces),
                new Shares("comparisons", looked, looks),
                new Shares(
                        "writes",
                        apps.each(App.REPAIRER, "plumbline_repairs_commands_total", "result=\"REPAIRED\""),
                        repairs));
    }

    private void print(int many, List<List<Shares>> rounds, List<Double> seconds) {
        for (int kind = 0; kind < rounds.getFirst().size(); kind++) {
            int index = kind;
            List<Shares> ofKind = rounds.stream().map(round -> round.get(index)).toList();
            String name = "scale." + many + "." + ofKind.getFirst().kind();
            Console.print(Figure.of(
                    name + "-twice", ofKind.stream().map(Shares::twice).toList(), "pieces done more than once", "0"));
            if (many > 1) {
                Console.print(Figure.of(
                        name + "-spread",
                        ofKind.stream().map(Shares::spread).toList(),
                        "% of the mean, most less least",
                        EVEN));
            }
        }
        Console.print(Figure.of("scale." + many + ".run-seconds", seconds, "s", null));
    }

    private void spoil(BenchParts parts) {
        try (MongoClient client = MongoClients.create(parts.mongo().url())) {
            List<Long> ids = new ArrayList<>();
            for (long id = 1; ids.size() < drifts; id += rows / drifts) {
                ids.add(id);
            }
            client.getDatabase(BenchParts.DATABASE)
                    .getCollection(Customers.NAME)
                    .updateMany(Filters.in("_id", ids), Updates.set("city", "spoilt " + ++spoilt));
        }
    }
}
