package io.plumbline.topics.record;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bounded piece of work that one worker does against one dataset's stores. The run coordinator passes it on without
 * looking inside; what a worker finds still to be done comes back as more work.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Work.Plan.class, name = "plan"),
    @JsonSubTypes.Type(value = Work.CompareRange.class, name = "compare-range"),
    @JsonSubTypes.Type(value = Work.CompareKeys.class, name = "compare-keys"),
    @JsonSubTypes.Type(value = Work.CompareTargetPage.class, name = "compare-target-page"),
    @JsonSubTypes.Type(value = Work.CompareOtherTypes.class, name = "compare-other-types"),
    @JsonSubTypes.Type(value = Work.RetryOutbox.class, name = "retry-outbox"),
    @JsonSubTypes.Type(value = Work.FailOutboxRows.class, name = "fail-outbox-rows"),
    @JsonSubTypes.Type(value = Work.CleanUp.class, name = "clean-up"),
    @JsonSubTypes.Type(value = Work.ListRepairs.class, name = "list-repairs"),
    @JsonSubTypes.Type(value = Work.PlanCacheScan.class, name = "plan-cache-scan"),
    @JsonSubTypes.Type(value = Work.ScanCache.class, name = "scan-cache")
})
public sealed interface Work {

    /**
     * Find the next segments of a scope.
     *
     * @param changedSince for window scopes: fixed when the run starts, so that all its plans agree
     * @param cursor opaque, where the plan before stopped; {@code null} at the start
     */
    record Plan(
            Scope scope,
            @Nullable Instant changedSince,
            @Nullable String cursor) implements Work {}

    /**
     * Compare the keys in {@code (after, upTo]} of both sides; {@code null} is an open end. Cursors are opaque to all
     * but the store's adapter.
     */
    record CompareRange(@Nullable String after, @Nullable String upTo) implements Work {}

    /** Compare these entities by look-up. */
    record CompareKeys(List<EntityKey> keys) implements Work {}

    /** Look for extras: read a page of the target from the cursor on, and look each of its entities up in the source. */
    record CompareTargetPage(@Nullable String cursor) implements Work {}

    /**
     * Take what no range and no look-up covers: source rows without a usable key, and target documents whose key is of
     * another type than the ranges'.
     *
     * @param cursor opaque: which of these
     */
    record CompareOtherTypes(@Nullable String cursor) implements Work {}

    /** Find the entities of unprocessed outbox rows below their retry limit, after the cursor, as suspects to check. */
    record RetryOutbox(@Nullable String cursor) implements Work {}

    /** Record on outbox rows whose entity cannot be found that they could not be applied; rows read elsewhere since are left. */
    record FailOutboxRows(List<OutboxRow> rows, String error) implements Work {}

    /** Delete, in batches, processed outbox rows older than {@code processedBefore} and expired idempotency keys. */
    record CleanUp(Duration processedAge) implements Work {}

    /** List the repairs of a run that can be undone, after the cursor. */
    record ListRepairs(String runId, @Nullable String cursor) implements Work {}

    /** Work of candle jobs. */
    sealed interface OfCandles extends Work {}

    /**
     * Find which slots of an exchange's series of one partition of {@code candles} the cache should hold. Done by the task
     * that keeps the series.
     *
     * @param from the earliest open time
     * @param to the time at which the run began: slots that are not overdue then are not expected
     * @param only symbols, or symbol/timeframe; empty for all
     * @param thorough also name the candles whose content is known
     * @param partition of {@code candles}
     * @param cursor opaque, where the plan before stopped; {@code null} at the start
     */
    record PlanCacheScan(
            Instant from,
            Instant to,
            List<String> only,
            boolean thorough,
            int partition,
            @Nullable String cursor) implements OfCandles {

        @SuppressWarnings("NullAway") // Jackson passes null for a list that was left out
        public PlanCacheScan {
            only = only == null ? List.of() : List.copyOf(only);
        }
    }

    /** Hold the cache against what it should hold; quickly (count first), or thoroughly (list, and compare what is known). */
    record ScanCache(boolean thorough, List<ExpectedSlots> series) implements OfCandles {}

    /**
     * What the cache should hold of a series: all slots from the first to the last, both included, but the empty ones.
     *
     * @param empty slots that are verified to be empty
     * @param known candles whose content is known, as far as it is
     */
    record ExpectedSlots(SeriesKey series, long first, long last, List<SlotRange> empty, List<Candle> known) {

        @SuppressWarnings("NullAway") // Jackson passes null for a list that was left out
        public ExpectedSlots {
            empty = empty == null ? List.of() : List.copyOf(empty);
            known = known == null ? List.of() : List.copyOf(known);
        }
    }
}
