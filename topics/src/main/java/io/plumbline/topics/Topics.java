package io.plumbline.topics;

import io.plumbline.topics.Topic.Cleanup;
import io.plumbline.topics.json.JsonSerde;
import io.plumbline.topics.record.BackfillAnswer;
import io.plumbline.topics.record.BackfillCommand;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.CaseEvent;
import io.plumbline.topics.record.CheckAnswer;
import io.plumbline.topics.record.CheckCommand;
import io.plumbline.topics.record.Checkpoint;
import io.plumbline.topics.record.ClockTime;
import io.plumbline.topics.record.DeadLetter;
import io.plumbline.topics.record.Drift;
import io.plumbline.topics.record.Gap;
import io.plumbline.topics.record.Job;
import io.plumbline.topics.record.OutboxEvent;
import io.plumbline.topics.record.RepairAnswer;
import io.plumbline.topics.record.RepairCommand;
import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.RunEnd;
import io.plumbline.topics.record.RunEvent;
import io.plumbline.topics.record.RunRequest;
import io.plumbline.topics.record.Schedule;
import io.plumbline.topics.record.SeriesCommand;
import io.plumbline.topics.record.SeriesEvent;
import io.plumbline.topics.record.Tick;
import io.plumbline.topics.record.Trigger;
import io.plumbline.topics.record.WorkAnswer;
import io.plumbline.topics.record.WorkCommand;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.Serdes;

/**
 * The only list of topics. The first eight are users'; the rest is between the apps. All keys are text: entity topics are
 * keyed by {@link io.plumbline.topics.record.EntityKey#text()}, run topics by the run's exclusive group.
 */
public final class Topics {

    /** What the keys of the time's markers on {@code candles} begin with; the partition follows. */
    public static final String CANDLE_CLOCK = "plumbline-clock/";

    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration MONTH = Duration.ofDays(30);

    private final String prefix;
    private final int partitions;

    /** Asked for by anyone; key: the job, or none. */
    public final Topic<String, Trigger> manualTrigger;
    /** Key: the run id. Holds each run's latest report (compacted), for 30 days. */
    public final Topic<String, Report> reconciliationReport;
    /** Key: the schedule's name. */
    public final Topic<String, Schedule> schedules;
    /** Key: the entity. A tombstone closes a drift. */
    public final Topic<String, Drift> drifts;
    /**
     * Key: {@link io.plumbline.topics.record.SeriesKey#text()}. A record without a value whose key begins with
     * {@link #CANDLE_CLOCK} is a marker of the time, which the gap-detector writes for itself.
     */
    public final Topic<String, Candle> candles;
    /**
     * Key: exchange:symbol, or a series. Anything that proves that the feed is alive at the record's time, such as a quote;
     * its value is not looked at. Optional.
     */
    public final Topic<String, byte[]> heartbeats;
    /** Key: {@link io.plumbline.topics.record.Gap#key}. The gaps that are open, and for 30 days what became of each. */
    public final Topic<String, Gap> gaps;
    /** Key: the job. What can be asked for. */
    public final Topic<String, Job> jobs;

    /** Key: the schedule's name. What {@code schedules} holds, each record on its key's partition whoever wrote it. */
    public final Topic<String, Schedule> schedulesByKey;
    /** Key: the job. */
    public final Topic<String, Tick> ticks;
    /** Key: the aggregate id. */
    public final Topic<String, OutboxEvent> outbox;
    /** Key: the entity. */
    public final Topic<String, RepairCommand> repairs;
    /** Key: the entity. */
    public final Topic<String, RepairAnswer> repairResults;
    /** Key: the record's own key, or its topic. */
    public final Topic<String, DeadLetter> deadLetters;

    /** Key: the exclusive group. */
    public final Topic<String, RunRequest> runRequests;
    /** Key: run id and work number. */
    public final Topic<String, WorkCommand> work;
    /** Key: the exclusive group. */
    public final Topic<String, WorkAnswer> workAnswers;
    /** Key: the exclusive group. */
    public final Topic<String, RunEvent> runEvents;
    /** Key: the job. */
    public final Topic<String, RunEnd> runEnds;
    /** Key: dataset/scope. */
    public final Topic<String, Checkpoint> checkpoints;
    /** Key: the entity. */
    public final Topic<String, CaseEvent> caseEvents;
    /** Key: the entity. Looks that scans ask for. */
    public final Topic<String, CheckCommand> checks;
    /** Key: the entity. Looks of the fast way, which never wait behind a scan's. */
    public final Topic<String, CheckCommand> fastChecks;
    /** Key: the entity. */
    public final Topic<String, CheckAnswer> checkAnswers;
    /** Key: the partition. Timer proposals of the ticker. */
    public final Topic<String, ClockTime> tickClock;
    /** Key: the partition. Timer proposals of the run coordinator. */
    public final Topic<String, ClockTime> runClock;
    /** Key: the partition. Timer proposals of the cases. */
    public final Topic<String, ClockTime> caseClock;
    /** Key: the exchange. */
    public final Topic<String, SeriesEvent> seriesEvents;
    /** Key: the series, on the partition that {@code candles} has it on. */
    public final Topic<String, SeriesCommand> seriesCommands;
    /** Key: the exchange. */
    public final Topic<String, BackfillCommand> backfillRequests;
    /** Key: the exchange. */
    public final Topic<String, BackfillAnswer> backfillResults;
    /** Key: the partition. Timer proposals of the stage of an exchange. */
    public final Topic<String, ClockTime> exchangeClock;
    /** Key: the exchange. Gaps that a scan of the cache found, each on behalf of its run. */
    public final Topic<String, CaseEvent> cacheGaps;
    /** Key: the exclusive group. Runs of candles, as {@link #runRequests} of documents. */
    public final Topic<String, RunRequest> candleRunRequests;
    /** Key: run id and work number. */
    public final Topic<String, WorkCommand> cacheScans;
    /** Key: run id and work number; on the partition that the plan names. */
    public final Topic<String, WorkCommand> cacheScanPlans;
    /** Key: the exclusive group. */
    public final Topic<String, WorkAnswer> cacheScanAnswers;
    /** Key: the exclusive group. */
    public final Topic<String, RunEvent> candleRunEvents;
    /** Key: the partition. Timer proposals of the coordinator of candle runs. */
    public final Topic<String, ClockTime> candleRunClock;
    /** Key: the dataset. Where the outbox feed stands in the source's log. */
    public final Topic<String, String> outboxPositions;

    private final List<Topic<?, ?>> all;

    /**
     * @param prefix put before every name, such as {@code "staging."}; may be empty
     * @param partitions of every topic whose work is shared out
     */
    public Topics(String prefix, int partitions) {
        this.prefix = prefix;
        this.partitions = partitions;
        manualTrigger = log("manual-trigger", Trigger.class, MONTH);
        reconciliationReport =
                topic("reconciliation-report", Report.class, partitions, Cleanup.COMPACT_AND_DELETE, MONTH);
        schedules = table("schedules", Schedule.class);
        drifts = table("drifts", Drift.class);
        candles = log("candles", Candle.class, WEEK);
        heartbeats = new Topic<>(
                prefix + "heartbeats",
                Serdes.String(),
                Serdes.ByteArray(),
                partitions,
                Cleanup.DELETE,
                Duration.ofDays(1));
        gaps = topic("gaps", Gap.class, partitions, Cleanup.COMPACT_AND_DELETE, MONTH);
        jobs = table("jobs", Job.class);
        schedulesByKey = log("schedules-by-key", Schedule.class, WEEK);
        ticks = log("ticks", Tick.class, WEEK);
        outbox = log("outbox", OutboxEvent.class, WEEK);
        repairs = log("repairs", RepairCommand.class, WEEK);
        repairResults = log("repair-results", RepairAnswer.class, WEEK);
        deadLetters = log("dead-letters", DeadLetter.class, MONTH);
        runRequests = log("run-requests", RunRequest.class, WEEK);
        work = log("work", WorkCommand.class, WEEK);
        workAnswers = log("work-answers", WorkAnswer.class, WEEK);
        runEvents = log("run-events", RunEvent.class, WEEK);
        runEnds = log("run-ends", RunEnd.class, WEEK);
        checkpoints = table("checkpoints", Checkpoint.class);
        caseEvents = log("case-events", CaseEvent.class, WEEK);
        checks = log("checks", CheckCommand.class, WEEK);
        fastChecks = log("fast-checks", CheckCommand.class, WEEK);
        checkAnswers = log("check-answers", CheckAnswer.class, WEEK);
        tickClock = log("tick-clock", ClockTime.class, Duration.ofDays(1));
        runClock = log("run-clock", ClockTime.class, Duration.ofDays(1));
        caseClock = log("case-clock", ClockTime.class, Duration.ofDays(1));
        seriesEvents = log("series-events", SeriesEvent.class, WEEK);
        seriesCommands = log("series-commands", SeriesCommand.class, WEEK);
        backfillRequests = log("backfill-requests", BackfillCommand.class, WEEK);
        backfillResults = log("backfill-results", BackfillAnswer.class, WEEK);
        exchangeClock = log("exchange-clock", ClockTime.class, Duration.ofDays(1));
        cacheGaps = log("cache-gaps", CaseEvent.class, WEEK);
        candleRunRequests = log("candle-run-requests", RunRequest.class, WEEK);
        cacheScans = log("cache-scans", WorkCommand.class, WEEK);
        cacheScanPlans = log("cache-scan-plans", WorkCommand.class, WEEK);
        cacheScanAnswers = log("cache-scan-answers", WorkAnswer.class, WEEK);
        candleRunEvents = log("candle-run-events", RunEvent.class, WEEK);
        candleRunClock = log("candle-run-clock", ClockTime.class, Duration.ofDays(1));
        outboxPositions =
                new Topic<>(prefix + "outbox-positions", Serdes.String(), Serdes.String(), 1, Cleanup.COMPACT, null);
        all = List.of(
                manualTrigger,
                reconciliationReport,
                schedules,
                drifts,
                candles,
                heartbeats,
                gaps,
                jobs,
                schedulesByKey,
                ticks,
                outbox,
                repairs,
                repairResults,
                deadLetters,
                runRequests,
                work,
                workAnswers,
                runEvents,
                runEnds,
                checkpoints,
                caseEvents,
                checks,
                fastChecks,
                checkAnswers,
                tickClock,
                runClock,
                caseClock,
                seriesEvents,
                seriesCommands,
                backfillRequests,
                backfillResults,
                exchangeClock,
                cacheGaps,
                candleRunRequests,
                cacheScans,
                cacheScanPlans,
                cacheScanAnswers,
                candleRunEvents,
                candleRunClock,
                outboxPositions);
    }

    public List<Topic<?, ?>> all() {
        return all;
    }

    /** The topics that users write and read; their records carry CloudEvents headers. */
    public List<Topic<?, ?>> users() {
        return List.of(manualTrigger, reconciliationReport, schedules, drifts, candles, gaps);
    }

    /** A topic's name without the prefix. */
    public String shortName(Topic<?, ?> topic) {
        return topic.name().substring(prefix.length());
    }

    public Map<String, Topic<?, ?>> byName() {
        return all.stream().collect(Collectors.toMap(Topic::name, Function.identity()));
    }

    private <V> Topic<String, V> log(String name, Class<V> type, Duration retention) {
        return topic(name, type, partitions, Cleanup.DELETE, retention);
    }

    private <V> Topic<String, V> table(String name, Class<V> type) {
        return new Topic<>(prefix + name, Serdes.String(), new JsonSerde<>(type), partitions, Cleanup.COMPACT, null);
    }

    private <V> Topic<String, V> topic(
            String name, Class<V> type, int partitions, Cleanup cleanup, Duration retention) {
        return new Topic<>(prefix + name, Serdes.String(), new JsonSerde<>(type), partitions, cleanup, retention);
    }
}
