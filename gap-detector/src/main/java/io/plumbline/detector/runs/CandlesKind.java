package io.plumbline.detector.runs;

import io.plumbline.runs.JobKind;
import io.plumbline.runs.LedgerEquation;
import io.plumbline.topics.config.JobConfig;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.MissingSlots;
import io.plumbline.topics.record.RunEvent;
import io.plumbline.topics.record.RunRequest;
import io.plumbline.topics.record.Scope;
import io.plumbline.topics.record.Suspect;
import io.plumbline.topics.record.Trigger;
import io.plumbline.topics.record.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Holds the candle cache against the slots that an exchange's series should have within a window, and has the gaps filled
 * that it finds.
 *
 * <ol>
 *   <li>Every partition's task names what the cache should hold.
 *   <li>Workers scan the cache for that; each gap is one case, which the stage of the exchange settles.
 *   <li>A dry run settles each at once: it is reported, and its slots are missing still.
 * </ol>
 */
final class CandlesKind implements JobKind {

    static final String NAME = "candles";

    private final int partitions;

    /** @param partitions of {@code candles} */
    CandlesKind(int partitions) {
        this.partitions = partitions;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> counters() {
        return CandleCounters.ALL;
    }

    @Override
    public List<LedgerEquation> equations() {
        return CandleCounters.EQUATIONS;
    }

    @Override
    public List<String> failures() {
        return CandleCounters.FAILURES;
    }

    @Override
    public List<String> problems(Trigger trigger, String name, JobConfig job) {
        return CandleTriggerRules.problems(trigger, name, exchange(job));
    }

    @Override
    public boolean narrowsWindows() {
        return true;
    }

    @Override
    public @Nullable Scope asked(Trigger trigger, JobConfig job) {
        if (trigger.window() == null && trigger.keys() == null) {
            return null;
        }
        String exchange = exchange(job);
        List<String> keys = trigger.keys() == null ? List.of() : trigger.keys();
        return new Scope(
                Scope.Kind.WINDOW,
                trigger.window() == null ? window(job) : trigger.window(),
                keys.stream()
                        .map(key -> SeriesSelection.parse(exchange, key).key(exchange))
                        .distinct()
                        .toList(),
                null);
    }

    @Override
    public Scope scope(RunRequest request, JobConfig job) {
        return request.scope() == null ? Scope.window(window(job)) : request.scope();
    }

    @Override
    public List<Work> begin(RunRequest request, JobConfig job, Instant now) {
        Scope scope = scope(request, job);
        Instant from = now.minus(scope.window() == null ? window(job) : scope.window());
        List<String> only = scope.keys().stream().map(SeriesSelection::text).toList();
        return IntStream.range(0, partitions)
                .<Work>mapToObj(partition -> new Work.PlanCacheScan(from, now, only, job.thorough(), partition, null))
                .toList();
    }

    @Override
    public boolean plans(Work work) {
        return work instanceof Work.PlanCacheScan;
    }

    @Override
    public String namedCounter() {
        return CandleCounters.GAPS_FOUND;
    }

    @Override
    public RunEvent.@Nullable CaseSettled settledAtOnce(RunRequest request, Suspect suspect) {
        if (!request.dryRun()) {
            return null;
        }
        EntityKey entity = suspect.entity();
        MissingSlots gap = MissingSlots.of(entity);
        return new RunEvent.CaseSettled(
                request.runId(),
                entity,
                Map.of(
                        CandleCounters.GAPS_REPORTED,
                        1L,
                        CandleCounters.STILL_MISSING,
                        gap.slots().size()),
                "gap: " + gap);
    }

    /** Gaps are settled, never closed. */
    @Override
    public List<String> outcomeCounters(RunEvent.CaseClosed closed) {
        throw new IllegalArgumentException(
                "gap %s of run %s was closed; right is that it is settled".formatted(closed.entity(), closed.runId()));
    }

    /** What is not known to be there, or to be empty, is missing still; gaps that were not settled have failed. */
    @Override
    public Map<String, Long> atDeadline(Map<String, Long> counters, long casesOpen) {
        long accountedFor = count(counters, CandleCounters.SLOTS_PRESENT)
                + count(counters, CandleCounters.CANDLES_FILLED)
                + count(counters, CandleCounters.VERIFIED_EMPTY)
                + count(counters, CandleCounters.STILL_MISSING);
        return Map.of(
                CandleCounters.STILL_MISSING,
                count(counters, CandleCounters.SLOTS_EXPECTED) - accountedFor,
                CandleCounters.GAPS_FAILED,
                casesOpen);
    }

    private static long count(Map<String, Long> counters, String name) {
        return counters.getOrDefault(name, 0L);
    }

    private static String exchange(JobConfig job) {
        return Objects.requireNonNull(job.exchange(), "a candles job has an exchange");
    }

    private static Duration window(JobConfig job) {
        return Objects.requireNonNull(job.window(), "a candles job has a window");
    }
}
