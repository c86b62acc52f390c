package io.plumbline.detector;

import io.plumbline.detector.scan.ScanCursor;
import io.plumbline.detector.scan.ScanPlan;
import io.plumbline.detector.series.CacheWindow;
import io.plumbline.detector.series.SeriesState;
import io.plumbline.detector.series.SlotBlocks;
import io.plumbline.topics.record.AnswerStatus;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.SlotRange;
import io.plumbline.topics.record.Work.ExpectedSlots;
import io.plumbline.topics.record.Work.PlanCacheScan;
import io.plumbline.topics.record.WorkAnswer;
import io.plumbline.topics.record.WorkCommand;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/**
 * Answers which slots of an exchange's series of one partition the cache should hold: reads the exchange's series in the
 * order of their names, from where the plan before stopped, until the answer is full.
 */
final class CacheScanPlanner {

    private final GapDetectorConfig config;
    private final int partition;
    private final SeriesBook book;
    private final SeriesStores stores;
    private final HeldCandles held;

    CacheScanPlanner(GapDetectorConfig config, int partition, SeriesBook book, SeriesStores stores, HeldCandles held) {
        this.config = config;
        this.partition = partition;
        this.book = book;
        this.stores = stores;
        this.held = held;
    }

    // Records may lack what they must have.
    static boolean isWhole(WorkCommand command) {
        return Stream.of(command.runId(), command.group(), command.dataset(), command.deadline(), command.work())
                .allMatch(Objects::nonNull);
    }

    /** @param at when it was asked, in milliseconds since the epoch */
    WorkAnswer answer(WorkCommand command, long at) {
        if (at > command.deadline().toEpochMilli()) {
            return WorkAnswer.without(
                    command,
                    AnswerStatus.EXPIRED,
                    "the deadline %s had passed at %s".formatted(command.deadline(), Instant.ofEpochMilli(at)));
        }
        if (!(command.work() instanceof PlanCacheScan plan) || plan.partition() != partition) {
            return WorkAnswer.without(
                    command,
                    AnswerStatus.FAILED,
                    "%s is not for this task; right is plan-cache-scan of partition %d"
                            .formatted(command.work(), partition));
        }
        ScanCursor begin;
        try {
            begin = begin(command.dataset(), plan);
        } catch (IllegalArgumentException e) {
            return WorkAnswer.without(command, AnswerStatus.FAILED, String.valueOf(e.getMessage()));
        }
        return plan(command, plan, begin);
    }

    private WorkAnswer plan(WorkCommand command, PlanCacheScan plan, ScanCursor begin) {
        ScanPlan answer = new ScanPlan(command, plan, config.candles().scan().series());
        boolean hasRoom = true;
        try (KeyValueIterator<String, byte[]> series = stores.of(command.dataset(), begin.series())) {
            while (hasRoom && series.hasNext()) {
                KeyValue<String, byte[]> next = series.next();
                long from = next.key.equals(begin.series()) ? begin.slot() : Long.MIN_VALUE;
                hasRoom = expected(book.known(next.key), next.value, plan, from)
                        .map(answer::add)
                        .orElse(true);
            }
        }
        return answer.answer();
    }

    private static ScanCursor begin(String exchange, PlanCacheScan plan) {
        String first = exchange + ":";
        if (plan.cursor() == null) {
            return new ScanCursor(first, Long.MIN_VALUE);
        }
        ScanCursor cursor = ScanCursor.parse(plan.cursor());
        if (!cursor.series().startsWith(first)) {
            throw new IllegalArgumentException(
                    "the cursor '%s' is of another exchange; right is one of %s".formatted(plan.cursor(), exchange));
        }
        return cursor;
    }

    private Optional<ExpectedSlots> expected(KnownSeries series, byte[] written, PlanCacheScan plan, long from) {
        if (!isAskedFor(series.key(), plan.only())) {
            return Optional.empty();
        }
        return new CacheWindow(plan.from(), plan.to())
                .slotsOf(SeriesState.of(written), series.rules())
                .filter(slots -> from <= slots.last())
                .map(slots -> new SlotRange(Math.max(from, slots.first()), slots.last()))
                .map(slots -> expected(series, slots, stores.blocks(series, written), plan.thorough()));
    }

    private ExpectedSlots expected(KnownSeries series, SlotRange slots, SlotBlocks blocks, boolean thorough) {
        List<Candle> known = thorough ? held.find(series, slots) : List.of();
        List<SlotRange> empty = CacheWindow.emptyOf(slots, blocks);
        return new ExpectedSlots(series.key(), slots.first(), slots.last(), empty, known);
    }

    private static boolean isAskedFor(SeriesKey series, List<String> only) {
        return only.isEmpty()
                || only.contains(series.symbol())
                || only.contains(series.symbol() + "/" + series.timeframe());
    }
}
