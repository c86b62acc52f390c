package io.plumbline.detector.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.runtime.Received;
import io.plumbline.stores.CandleRetention;
import io.plumbline.stores.cache.CacheScanner;
import io.plumbline.stores.memory.InMemoryCandleCache;
import io.plumbline.topics.Topics;
import io.plumbline.topics.record.AnswerStatus;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.Candle.Origin;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.SlotRange;
import io.plumbline.topics.record.Suspect;
import io.plumbline.topics.record.Timeframe;
import io.plumbline.topics.record.Work;
import io.plumbline.topics.record.Work.ExpectedSlots;
import io.plumbline.topics.record.WorkAnswer;
import io.plumbline.topics.record.WorkAnswer.Unreadable;
import io.plumbline.topics.record.WorkCommand;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class CacheScanWorkerTest {

    private static final Timeframe MINUTE = Timeframe.parse("1m");
    private static final Instant NOW = Instant.parse("2026-03-02T12:00:30Z");
    private static final long OPEN = MINUTE.slotOf(NOW.toEpochMilli());
    private static final SeriesKey BTC = new SeriesKey("sim", "BTC/EUR", "1m");
    private static final SeriesKey ETH = new SeriesKey("sim", "ETH-EUR", "1m");

    private final Topics topics = new Topics("", 1);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final InMemoryCandleCache cache = new InMemoryCandleCache(new CandleRetention(1_000, null));
    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final CacheScanWorker worker =
            new CacheScanWorker(new CacheScanner(cache, clock), topics, clock, new CacheScanMetrics(meters));

    @Test
    void shouldTellOneGapPerRunOfMissingSlotsWhenTheCacheHasHoles() {
        fill(BTC, OPEN - 10, OPEN - 9, OPEN - 6, OPEN - 4, OPEN - 1);
        fill(ETH, OPEN - 2, OPEN - 1);

        WorkAnswer answer = worker.answer(quick(
                new ExpectedSlots(BTC, OPEN - 10, OPEN - 1, List.of(new SlotRange(OPEN - 3, OPEN - 2)), List.of()),
                new ExpectedSlots(ETH, OPEN - 2, OPEN - 1, List.of(), List.of())));

        assertThat(answer.status()).isEqualTo(AnswerStatus.DONE);
        assertThat(answer.suspects())
                .containsExactly(
                        new Suspect(
                                EntityKey.of("sim", "BTC/EUR", "1m", "2026-03-02T11:52:00Z", "2026-03-02T11:53:00Z"),
                                null),
                        new Suspect(
                                EntityKey.of("sim", "BTC/EUR", "1m", "2026-03-02T11:55:00Z", "2026-03-02T11:55:00Z"),
                                null));
        assertCounted(answer, 2, 10, 7, 3);
        assertThat(answer.next()).isEmpty();
    }

    @Test
    void shouldTakeACandleThatIsOlderThanTheKnownOneForMissingWhenTheScanIsThorough() {
        fill(BTC, OPEN - 3, OPEN - 1);
        ExpectedSlots slots = new ExpectedSlots(
                BTC, OPEN - 3, OPEN - 1, List.of(), List.of(candle(OPEN - 3, "7", 2), candle(OPEN - 1, "1", 1)));

        WorkAnswer answer = worker.answer(command(new Work.ScanCache(true, List.of(slots))));

        assertThat(answer.suspects())
                .extracting(suspect -> suspect.entity().parts().subList(2, 4))
                .containsExactly(List.of("2026-03-02T11:57:00Z", "2026-03-02T11:58:00Z"));
        assertCounted(answer, 1, 3, 1, 2);
    }

    @Test
    void shouldTellWhatIsDoubledOrMisplacedWithoutTakingItForAGap() {
        fill(BTC, OPEN - 2, OPEN - 1);
        cache.add(BTC, candle(OPEN - 2, "9", 9));
        Candle misplaced = candle(OPEN - 1, "1", 1);
        cache.add(
                BTC,
                new Candle(
                        misplaced.openTime() + 7_000,
                        misplaced.open(),
                        misplaced.high(),
                        misplaced.low(),
                        misplaced.close(),
                        misplaced.volume(),
                        1,
                        Origin.LIVE,
                        true));

        WorkAnswer answer = worker.answer(quick(new ExpectedSlots(BTC, OPEN - 2, OPEN - 1, List.of(), List.of())));

        assertThat(answer.suspects()).isEmpty();
        assertThat(answer.unreadable())
                .containsExactly(
                        new Unreadable(
                                "sim:BTC/EUR:1m",
                                "1 slots with more than one candle, the first at 2026-03-02T11:58:00Z"),
                        new Unreadable(
                                "sim:BTC/EUR:1m",
                                "1 open times at which no slot of 1m begins, the first at 2026-03-02T11:59:07Z"));
        assertCounted(answer, 1, 2, 2, 0);
    }

    @Test
    void shouldProveNothingWhenTheCacheIsAway() {
        cache.setAway(true);

        WorkAnswer answer = worker.answer(quick(new ExpectedSlots(BTC, OPEN - 2, OPEN - 1, List.of(), List.of())));

        assertThat(answer.status()).isEqualTo(AnswerStatus.UNAVAILABLE);
        assertThat(answer.reason()).contains("the cache is unavailable");
        assertThat(answer.counters()).isEmpty();
    }

    @Test
    void shouldNotScanWhenTheDeadlineHasPassed() {
        cache.setAway(true);
        WorkCommand command = new WorkCommand(
                "run-1", "exchange:sim", "scan", "sim", 3, 1, NOW.minusMillis(1), new Work.ScanCache(false, List.of()));

        assertThat(worker.answer(command).status()).isEqualTo(AnswerStatus.EXPIRED);
    }

    @Test
    void shouldSayWhatIsWrongWhenACommandCannotBeDone() {
        WorkAnswer foreign = worker.answer(command(new Work.RetryOutbox(null)));
        WorkAnswer malformed = worker.answer(
                quick(new ExpectedSlots(new SeriesKey("sim", "BTC", "soon"), 1, 2, List.of(), List.of())));

        assertThat(foreign.status()).isEqualTo(AnswerStatus.FAILED);
        assertThat(foreign.reason()).isEqualTo("a RetryOutbox is no scan of the cache; right is a ScanCache");
        assertThat(malformed.status()).isEqualTo(AnswerStatus.FAILED);
        assertThat(malformed.reason()).contains("'soon' is no timeframe");
    }

    @Test
    void shouldAnswerToTheRunsGroupOnTheTopicOfAnswers() {
        fill(BTC, OPEN - 1);
        WorkCommand command = quick(new ExpectedSlots(BTC, OPEN - 1, OPEN - 1, List.of(), List.of()));

        List<ProducerRecord<byte[], byte[]>> records =
                worker.handle(List.of(new Received<>("cache-scans", 0, 0, 0, command.key(), command)));

        assertThat(records).singleElement().satisfies(record -> {
            assertThat(record.topic()).isEqualTo("cache-scan-answers");
            assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("exchange:sim");
        });
        assertThat(meters.get("plumbline.cache.series").counter().count()).isEqualTo(1);
    }

    private void fill(SeriesKey series, Long... slots) {
        List.of(slots).forEach(slot -> cache.add(series, candle(slot, "1", 1)));
    }

    private static WorkCommand quick(ExpectedSlots... series) {
        return command(new Work.ScanCache(false, List.of(series)));
    }

    private static WorkCommand command(Work work) {
        return new WorkCommand("run-1", "exchange:sim", "scan", "sim", 3, 1, NOW, work);
    }

    private static void assertCounted(WorkAnswer answer, long series, long expected, long present, long missing) {
        assertThat(answer.counters())
                .containsEntry("series_scanned", series)
                .containsEntry("slots_expected", expected)
                .containsEntry("slots_present", present)
                .containsEntry("slots_missing", missing);
        assertThat(answer.counters().keySet()).doesNotContain("series_refused");
        long inGaps = answer.suspects().stream()
                .map(suspect -> suspect.entity().parts())
                .flatMapToLong(parts -> LongStream.rangeClosed(slot(parts.get(2)), slot(parts.get(3))))
                .count();
        assertThat(inGaps).isEqualTo(missing);
    }

    private static long slot(String openTime) {
        return MINUTE.slotOf(Instant.parse(openTime).toEpochMilli());
    }

    private static Candle candle(long slot, String price, long sequence) {
        BigDecimal amount = new BigDecimal(price);
        return new Candle(MINUTE.openTimeOf(slot), amount, amount, amount, amount, amount, sequence, Origin.LIVE, true);
    }
}
