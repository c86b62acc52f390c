package io.plumbline.bench;

import io.plumbline.runtime.KafkaClients;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.KafkaConfig;
import io.plumbline.topics.record.AnswerStatus;
import io.plumbline.topics.record.CheckAnswer;
import io.plumbline.topics.record.RepairAnswer;
import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.RunStatus;
import io.plumbline.topics.record.Trigger;
import io.plumbline.topics.record.WorkAnswer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/** One run over the planted drift: what was answered, each piece counted once however often it was answered. */
final class ScaleRound {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Set<String> pieces = new HashSet<>();
    private final Set<String> looks = new HashSet<>();
    private final Set<String> repairs = new HashSet<>();
    private @Nullable Report report;

    private ScaleRound() {}

    /** Asks for a full run and waits for its end; it must have repaired exactly what was planted. */
    static ScaleRound run(KafkaConfig kafka, Topics topics, String request, long planted, Runnable look)
            throws InterruptedException {
        ScaleRound round = new ScaleRound();
        Trigger trigger =
                new Trigger("customers-full", true, null, null, null, null, "bench", request, null, null, null);
        try (RunWatch watch = new RunWatch(
                        kafka,
                        topics,
                        List.of(
                                topics.workAnswers,
                                topics.checkAnswers,
                                topics.repairResults,
                                topics.reconciliationReport));
                Producer<byte[], byte[]> producer = new KafkaClients(kafka).openProducer()) {
            producer.send(topics.manualTrigger.toRecord("customers-full", trigger))
                    .get(30, TimeUnit.SECONDS);
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (round.report == null) {
                look.run();
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("the run did not end within " + PATIENCE);
                }
                watch.poll((value, record) -> round.take(value));
            }
            watch.pollToEnd((value, record) -> round.take(value));
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the trigger was not accepted", e);
        }
        round.check(planted);
        return round;
    }

    int pieces() {
        return pieces.size();
    }

    int looks() {
        return looks.size();
    }

    int repairs() {
        return repairs.size();
    }

    private void take(Object value) {
        if (value instanceof WorkAnswer answer && answer.status() == AnswerStatus.DONE) {
            pieces.add(answer.runId() + "#" + answer.number());
        } else if (value instanceof CheckAnswer answer && answer.status() == AnswerStatus.DONE) {
            looks.add(answer.entity().text() + " " + answer.checkId());
        } else if (value instanceof RepairAnswer answer && answer.result() == RepairAnswer.Result.REPAIRED) {
            repairs.add(answer.repairId());
        } else if (value instanceof Report found && found.status().isFinal()) {
            report = found;
        }
    }

    private void check(long planted) {
        Report found = report;
        if (found == null
                || found.status() != RunStatus.COMPLETED
                || found.counter("different") != planted
                || found.counter("repaired") != planted) {
            throw new IllegalStateException("the run did not repair the " + planted + " planted drifts: " + found);
        }
    }
}
