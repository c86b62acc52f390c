package io.plumbline.bench;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.plumbline.repairer.RepairerMain;
import io.plumbline.runtime.KafkaClients;
import io.plumbline.runtime.TopicCreator;
import io.plumbline.runtime.config.ConfigFile;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.KafkaConfig;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.RepairAnswer;
import io.plumbline.topics.record.RepairCommand;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Repairs against bare conditional bulk writes of the same documents, and against all the store operations that a safe
 * repair consists of. The first rounds are not counted: they warm the compilers up.
 *
 * <ol>
 *   <li>Spoil a field of the first documents; the bare writes write them all, conditioned on what was read before.
 *   <li>Spoil them again; the bare steps repair them.
 *   <li>Spoil them again; all commands become visible at once, when their transaction commits: the clock starts. It
 *       stops when the last committed answer was read; every one must say that it was repaired.
 * </ol>
 */
@Command(name = "repair", description = "Repairs against bare conditional bulk writes.")
final class RepairBench implements Callable<Integer> {

    private static final int WARM_UPS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Option(names = "--repairs", defaultValue = "50000", description = "repairs of a round (${DEFAULT-VALUE})")
    private int repairs;

    @Option(names = "--runs", defaultValue = "3", description = "rounds (${DEFAULT-VALUE})")
    private int runs;

    @Option(names = "--heap", defaultValue = "256m", description = "the repairer's heap (${DEFAULT-VALUE})")
    private String heap = "256m";

    @Option(names = "--workers", defaultValue = "2", description = "the repairer's threads (${DEFAULT-VALUE})")
    private int workers;

    @Override
    public Integer call() throws InterruptedException {
        try (BenchParts parts = BenchParts.start()) {
            new Customers(parts).fill(repairs * 2L);
            Path file = parts.config("repair.", Customers.config("{ repair-workers: " + workers + " }", ""));
            KafkaConfig kafka = ConfigFile.load(file, Map.of()).kafka();
            Topics topics = new Topics(kafka.topicPrefix(), kafka.partitions());
            TopicCreator.ensure(kafka, topics);
            try (JavaProcess repairer = JavaProcess.start(
                            RepairerMain.class.getName(),
                            List.of("-Xmx" + heap),
                            parts.directory().resolve("repairer.log"),
                            file.toString());
                    BareProcess bare = BareProcess.start(parts, heap)) {
                Console.say("the repairer is process %d", repairer.pid());
                measure(parts, bare, repairer, kafka, topics);
            }
        }
        return 0;
    }

    private void measure(BenchParts parts, BareProcess bare, JavaProcess repairer, KafkaConfig kafka, Topics topics) {
        List<Double> ratios = new ArrayList<>();
        List<Double> overSteps = new ArrayList<>();
        List<Double> rates = new ArrayList<>();
        try (Producer<byte[], byte[]> producer = new KafkaClients(kafka).openTransactionalProducer("bench-repair")) {
            producer.initTransactions();
            for (int i = 1 - WARM_UPS; i <= runs; i++) {
                spoil(parts, i);
                double writes = bare.writes(repairs);
                spoil(parts, i);
                double steps = bare.steps(repairs, workers);
                spoil(parts, i);
                CpuClock clock = CpuClock.start(repairer);
                double repaired = repair(producer, kafka, topics, "bench-" + i);
                Console.say("  repairs: %.0f ms; %s", repaired, clock);
                Console.say(
                        "round %d: bare writes %.0f ms, all bare steps %.0f ms, repairs %.0f ms",
                        i, writes, steps, repaired);
                if (i > 0) {
                    ratios.add(writes / repaired);
                    overSteps.add(steps / repaired);
                    rates.add(repairs * 1_000 / repaired);
                }
            }
        }
        Console.print(Figure.of("repair.over-bare-writes", ratios, "ratio of rates", "at least 0.5"));
        Console.print(Figure.of("repair.over-bare-steps", overSteps, "ratio of rates", null));
        Console.print(Figure.of("repair.repairs-per-second", rates, "repairs/s", null));
    }

    private void spoil(BenchParts parts, int round) {
        try (MongoClient client = MongoClients.create(parts.mongo().url())) {
            client.getDatabase(BenchParts.DATABASE)
                    .getCollection(Customers.NAME)
                    .updateMany(Filters.lte("_id", repairs), Updates.set("city", "spoilt " + round));
        }
    }

    private double repair(Producer<byte[], byte[]> producer, KafkaConfig kafka, Topics topics, String run) {
        Instant deadline = Clock.systemUTC().instant().plus(Duration.ofHours(1));
        List<ConsumerRecord<byte[], byte[]>> answers = new ArrayList<>(repairs);
        try (RunWatch watch = new RunWatch(kafka, topics, List.of(topics.repairResults))) {
            List<Future<RecordMetadata>> sent = new ArrayList<>(repairs);
            producer.beginTransaction();
            for (int id = 1; id <= repairs; id++) {
                EntityKey entity = EntityKey.of(Customers.NAME, Integer.toString(id));
                RepairCommand command = new RepairCommand(entity, run + "-" + id, run, deadline, null);
                sent.add(producer.send(topics.repairs.toRecord(entity.text(), command)));
            }
            producer.flush();
            sent.forEach(RepairBench::require);
            long start = System.nanoTime();
            producer.commitTransaction();
            while (answers.size() < repairs) {
                if (System.nanoTime() - start > PATIENCE.toNanos()) {
                    throw new IllegalStateException("only " + answers.size() + " answers within " + PATIENCE);
                }
                answers.addAll(watch.poll());
            }
            double millis = (System.nanoTime() - start) / 1e6;
            answers.forEach(answer -> check((RepairAnswer) watch.value(answer), run));
            return millis;
        }
    }

    private static void require(Future<RecordMetadata> sent) {
        if (sent.state() != Future.State.SUCCESS) {
            throw new IllegalStateException("a command was not accepted", sent.exceptionNow());
        }
    }

    private static void check(RepairAnswer answer, String run) {
        if (!answer.runId().equals(run) || answer.result() != RepairAnswer.Result.REPAIRED) {
            throw new IllegalStateException("not repaired in " + run + ": " + answer);
        }
    }
}
