package io.plumbline.bench;

import io.plumbline.runtime.KafkaClients;
import io.plumbline.topics.Topic;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.KafkaConfig;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.RepairCommand;
import io.plumbline.topics.record.Schedule;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.Trigger;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What waits for each app when it starts, and the topic on which it shows that it has done it. */
record FirstWork(KafkaConfig kafka, Topics topics, ChangingApplication application, Clock clock) {

    private static final int GAP = 10;

    /** Has something ready for the app to do. */
    void prepare(App app) {
        Instant now = clock.instant();
        switch (app) {
            case RECONCILER -> send(topics.manualTrigger.toRecord("customers-full", trigger()));
            case REPAIRER -> send(topics.repairs.toRecord("customers/1", repair(now)));
            case GAP_DETECTOR -> {
                long newest = MinuteCandles.MINUTE.slotOf(now.toEpochMilli()) - 1;
                send(candle(newest - GAP));
                send(candle(newest));
            }
            case TICKER -> send(missedSchedule(now));
            case OUTBOX_FEED -> {
                // It reads what is committed after its slot was made, so that nothing can wait for it.
            }
        }
    }

    /** Done again and again until the work is seen. */
    void whileWaiting(App app) {
        if (app == App.OUTBOX_FEED) {
            application.change(new long[] {1}, new long[0]);
        }
    }

    /** The first record on it shows that the work is done. */
    Topic<?, ?> shownOn(App app) {
        return switch (app) {
            case RECONCILER -> topics.workAnswers;
            case REPAIRER -> topics.repairResults;
            case GAP_DETECTOR -> topics.gaps;
            case TICKER -> topics.ticks;
            case OUTBOX_FEED -> topics.outbox;
        };
    }

    static String words(App app) {
        return switch (app) {
            case RECONCILER -> "the first piece of a run's work answered";
            case REPAIRER -> "the first repair answered";
            case GAP_DETECTOR -> "the first gap told";
            case TICKER -> "the first tick";
            case OUTBOX_FEED -> "the first event";
        };
    }

    private static Trigger trigger() {
        return new Trigger(
                "customers-full", null, null, List.of("1"), null, null, "bench", "bench-start", null, null, null);
    }

    private static RepairCommand repair(Instant now) {
        return new RepairCommand(
                EntityKey.of(Customers.NAME, "1"), "bench-1", "bench-start", now.plus(Duration.ofHours(1)), null);
    }

    private ProducerRecord<byte[], byte[]> candle(long slot) {
        Candle candle = MinuteCandles.flat(slot, BigDecimal.valueOf(slot % 1_000 + 1), slot, true);
        return topics.candles.toRecord(new SeriesKey("simulated", "SYM/EUR", "1m").text(), candle);
    }

    /** Due every minute, and written some minutes ago: what is missed since is caught up with at once. */
    private ProducerRecord<byte[], byte[]> missedSchedule(Instant now) {
        Schedule schedule = new Schedule(
                "* * * * *", null, "customers-full", Schedule.CatchUp.LATEST, false, false, Schedule.Origin.OPERATOR);
        ProducerRecord<byte[], byte[]> record = topics.schedules.toRecord("bench", schedule);
        long then = now.minus(Duration.ofMinutes(3)).toEpochMilli();
        return new ProducerRecord<>(record.topic(), null, then, record.key(), record.value());
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        try (Producer<byte[], byte[]> producer = new KafkaClients(kafka).openProducer()) {
            producer.send(record).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("nothing could be written to " + record.topic(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
