package io.plumbline.bench;

import io.plumbline.detector.series.SlotBlock;
import io.plumbline.runtime.KafkaClients;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.KafkaConfig;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.Candle.Origin;
import io.plumbline.topics.record.Timeframe;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Closed one-minute candles of many series, minute by minute, as a feed sends them. The last minute ends just now, so that
 * no series is silent; three slots in a thousand are missing.
 *
 * @param now when the last minute ends, in milliseconds since the epoch
 */
record MinuteCandles(int series, int minutes, long now) {

    static final Timeframe MINUTE = Timeframe.parse("1m");

    private static final Duration RETENTION = Duration.ofDays(30);
    private static final double SLOTS_OF_A_DAY = 1_440;
    private static final double MISSING = 0.003;
    private static final int SENT_AT_ONCE = 10_000;

    /** A candle in which nothing moved. */
    static Candle flat(long slot, BigDecimal price, long sequence, boolean isClosed) {
        return new Candle(MINUTE.openTimeOf(slot), price, price, price, price, price, sequence, Origin.LIVE, isClosed);
    }

    /** Of about so many candles. */
    static MinuteCandles of(int series, int candles, long now) {
        return new MinuteCandles(series, candles / series, now);
    }

    /** How many days of all series the detector knows in the end: blocks older than its retention are forgotten. */
    double daysKept() {
        long last = MINUTE.slotOf(now) - 1;
        long oldest = MINUTE.slotOf(now - RETENTION.toMillis());
        long firstKept = SlotBlock.numberOf(oldest) * SlotBlock.SLOTS;
        long slots = Math.min(minutes, last + 1 - firstKept);
        return (double) series * slots / SLOTS_OF_A_DAY;
    }

    /** Writes them, and returns how many there are. */
    long write(KafkaConfig kafka, Topics topics) throws InterruptedException {
        Random random = new Random(1);
        long end = MINUTE.slotOf(now);
        long written = 0;
        try (Producer<byte[], byte[]> producer = new KafkaClients(kafka).openProducer()) {
            List<Future<?>> sent = new ArrayList<>();
            for (long slot = end - minutes; slot < end; slot++) {
                for (int one = 0; one < series; one++) {
                    if (random.nextDouble() >= MISSING) {
                        sent.add(producer.send(record(topics, one, slot)));
                        written++;
                    }
                    if (sent.size() == SENT_AT_ONCE) {
                        await(sent);
                    }
                }
            }
            await(sent);
        }
        return written;
    }

    private static ProducerRecord<byte[], byte[]> record(Topics topics, int series, long slot) {
        Candle candle = new Candle(
                MINUTE.openTimeOf(slot),
                price(slot, 11),
                price(slot, 17),
                price(slot, 3),
                price(slot, 13),
                price(slot, 7_919),
                slot,
                Origin.LIVE,
                true);
        ProducerRecord<byte[], byte[]> record = topics.candles.toRecord(name(series), candle);
        // A candle is written when its slot is over.
        return new ProducerRecord<>(
                record.topic(), record.partition(), MINUTE.openTimeOf(slot + 1), record.key(), record.value());
    }

    private static String name(int series) {
        return "exchange:SYM%05d/EUR:1m".formatted(series);
    }

    private static BigDecimal price(long slot, long factor) {
        return BigDecimal.valueOf(1_000_000 + slot * factor % 999_983, 2);
    }

    private static void await(List<Future<?>> sent) throws InterruptedException {
        for (Future<?> one : sent) {
            try {
                one.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("a candle was not written", e.getCause());
            }
        }
        sent.clear();
    }
}
