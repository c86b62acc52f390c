package io.plumbline.detector.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.plumbline.topics.json.Json;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.SlotRange;
import io.plumbline.topics.record.Timeframe;
import io.plumbline.topics.record.Work;
import io.plumbline.topics.record.Work.ExpectedSlots;
import io.plumbline.topics.record.Work.PlanCacheScan;
import io.plumbline.topics.record.WorkAnswer;
import io.plumbline.topics.record.WorkCommand;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ScanPlanTest {

    private static final Instant START = Instant.parse("2026-11-21T22:00:00Z");
    private static final Timeframe MINUTES = Timeframe.parse("1m");
    private static final long SLOT = MINUTES.slotOf(START.toEpochMilli());
    private static final int LARGEST_RECORD = 1_000_000;

    @Test
    void shouldCutPiecesOfANumberOfSeries() {
        ScanPlan plan = plan(2);

        for (int number = 0; number < 5; number++) {
            assertThat(plan.add(plain(number))).isTrue();
        }

        assertThat(scans(plan.answer()))
                .extracting(scan -> scan.series().size())
                .containsExactly(2, 2, 1);
        assertThat(plan.answer().next()).hasSize(3);
    }

    @Test
    void shouldGoOnWithTheSeriesThatFoundNoRoomWhenThereAreTooManyPieces() {
        ScanPlan plan = plan(1);

        for (int number = 0; number < ScanPlan.PIECES; number++) {
            assertThat(plan.add(plain(number))).isTrue();
        }
        assertThat(plan.add(plain(ScanPlan.PIECES))).isFalse();

        WorkAnswer answer = plan.answer();
        assertThat(scans(answer)).hasSize(ScanPlan.PIECES);
        assertThat(cursor(answer)).isEqualTo(new ScanCursor("coinbase:S64:1m", SLOT));
    }

    @Test
    void shouldCountTheEmptySlotsAsExpected() {
        ScanPlan plan = plan(10);
        SlotRange empty = new SlotRange(SLOT + 3, SLOT + 6);
        plan.add(new ExpectedSlots(series(1), SLOT, SLOT + 9, List.of(empty), List.of()));
        plan.add(new ExpectedSlots(series(2), SLOT, SLOT + 9, List.of(new SlotRange(SLOT, SLOT)), List.of()));

        assertThat(plan.answer().counters()).containsEntry("slots_expected", 5L).containsEntry("verified_empty", 5L);
    }

    @Test
    void shouldCoverEverySlotOnceInRecordsThatAreBoundedWhenSeriesAreLarge() {
        ExpectedSlots large = large(20_000);
        List<ExpectedSlots> covered = new ArrayList<>();
        long from = SLOT;
        int answers = 0;

        for (boolean done = false; !done; answers++) {
            ScanPlan plan = plan(500);
            done = plan.add(part(large, from));
            WorkAnswer answer = plan.answer();
            assertThat(Json.text(answer).getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(LARGEST_RECORD);
            scans(answer).forEach(scan -> covered.addAll(scan.series()));
            if (!done) {
                from = cursor(answer).slot();
            }
        }

        assertThat(answers).isGreaterThan(2);
        assertThat(covered.getFirst().first()).isEqualTo(SLOT);
        assertThat(covered.getLast().last()).isEqualTo(large.last());
        for (int i = 1; i < covered.size(); i++) {
            assertThat(covered.get(i).first()).isEqualTo(covered.get(i - 1).last() + 1);
        }
        assertThat(covered.stream().flatMap(part -> part.known().stream())).containsExactlyElementsOf(large.known());
        assertThat(covered.stream()
                        .mapToLong(part -> SlotRange.size(part.empty()))
                        .sum())
                .isEqualTo(SlotRange.size(large.empty()));
    }

    @Test
    void shouldReadTheCursorThatWasWritten() {
        ScanCursor cursor = new ScanCursor("coinbase:A@B#C:1m", -7);

        assertThat(ScanCursor.parse(cursor.text())).isEqualTo(cursor);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScanCursor.parse("coinbase:BTC-EUR:1m"))
                .withMessageContaining("slot@series");
    }

    private static ScanPlan plan(int seriesPerPiece) {
        PlanCacheScan work = new PlanCacheScan(START, START.plusSeconds(3_600), List.of(), true, 0, null);
        WorkCommand command = new WorkCommand("run", "exchange:coinbase", "scan", "coinbase", 1, 1, START, work);
        return new ScanPlan(command, work, seriesPerPiece);
    }

    private static SeriesKey series(int number) {
        return new SeriesKey("coinbase", "S" + number, "1m");
    }

    private static ExpectedSlots plain(int number) {
        return new ExpectedSlots(series(number), SLOT, SLOT + 9, List.of(), List.of());
    }

    /** Of every three slots one is empty, and the candle of one is known. */
    private static ExpectedSlots large(int slots) {
        List<SlotRange> empty = LongStream.range(0, slots / 3)
                .mapToObj(third -> new SlotRange(SLOT + third * 3, SLOT + third * 3))
                .toList();
        List<Candle> known = LongStream.range(0, slots / 3)
                .mapToObj(third -> candle(SLOT + third * 3 + 1))
                .toList();
        return new ExpectedSlots(series(1), SLOT, SLOT + slots - 1, empty, known);
    }

    private static ExpectedSlots part(ExpectedSlots whole, long from) {
        return new ExpectedSlots(
                whole.series(),
                from,
                whole.last(),
                whole.empty().stream().filter(range -> range.first() >= from).toList(),
                whole.known().stream()
                        .filter(candle -> MINUTES.slotOf(candle.openTime()) >= from)
                        .toList());
    }

    private static Candle candle(long slot) {
        BigDecimal price = new BigDecimal("91234.56");
        return new Candle(MINUTES.openTimeOf(slot), price, price, price, price, price, slot, Candle.Origin.LIVE, true);
    }

    private static List<Work.ScanCache> scans(WorkAnswer answer) {
        return answer.next().stream()
                .filter(Work.ScanCache.class::isInstance)
                .map(Work.ScanCache.class::cast)
                .toList();
    }

    private static ScanCursor cursor(WorkAnswer answer) {
        assertThat(answer.next().getLast()).isInstanceOf(PlanCacheScan.class);
        String cursor = ((PlanCacheScan) answer.next().getLast()).cursor();
        assertThat(cursor).isNotNull();
        return ScanCursor.parse(String.valueOf(cursor));
    }
}
