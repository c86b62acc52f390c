package io.plumbline.bench;

import io.plumbline.local.LocalSystem;
import io.plumbline.local.exchange.SimulatedMarket;
import io.plumbline.runtime.KafkaClients;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.Candle.Origin;
import io.plumbline.topics.record.SeriesKey;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Series of the simulated exchange of which a feed has brought an old candle and the newest one, and none between. */
record MarketGaps(LocalSystem system, SimulatedMarket market, int series, Clock clock) {

    private static final int SLOTS_PER_REQUEST = 300;

    /** Makes gaps for so many requests, whose candles the exchange has. */
    void make(long requests) throws InterruptedException, ExecutionException {
        long slots = Math.ceilDiv(requests * SLOTS_PER_REQUEST, series);
        long newest = MinuteCandles.MINUTE.slotOf(clock.millis()) - 1;
        List<Future<?>> sent = new ArrayList<>();
        try (Producer<byte[], byte[]> producer =
                new KafkaClients(system.config().kafka()).openProducer()) {
            for (int one = 0; one < series; one++) {
                String symbol = "SYM%03d".formatted(one);
                market.candles(
                        symbol + "-EUR",
                        MinuteCandles.MINUTE,
                        LongStream.rangeClosed(newest - slots, newest)
                                .mapToObj(MarketGaps::candle)
                                .toList());
                SeriesKey key = new SeriesKey(LocalSystem.SIMULATED, symbol + "/EUR", "1m");
                sent.add(producer.send(record(key, newest - slots)));
                sent.add(producer.send(record(key, newest)));
            }
            for (Future<?> one : sent) {
                one.get();
            }
        }
    }

    private ProducerRecord<byte[], byte[]> record(SeriesKey key, long slot) {
        ProducerRecord<byte[], byte[]> record = system.topics().candles.toRecord(key.text(), candle(slot));
        // A candle is written when its slot is over.
        return new ProducerRecord<>(
                record.topic(), null, MinuteCandles.MINUTE.openTimeOf(slot + 1), record.key(), record.value());
    }

    private static Candle candle(long slot) {
        BigDecimal price = BigDecimal.valueOf(1_000_000 + slot % 99_991, 2);
        return new Candle(
                MinuteCandles.MINUTE.openTimeOf(slot), price, price, price, price, price, slot, Origin.LIVE, true);
    }
}
