package io.plumbline.topics;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.plumbline.topics.config.JobConfig;
import io.plumbline.topics.record.AnswerStatus;
import io.plumbline.topics.record.BackfillAnswer;
import io.plumbline.topics.record.BackfillCommand;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.CaseEvent;
import io.plumbline.topics.record.Cause;
import io.plumbline.topics.record.CheckAnswer;
import io.plumbline.topics.record.CheckCommand;
import io.plumbline.topics.record.Checkpoint;
import io.plumbline.topics.record.ClockTime;
import io.plumbline.topics.record.DeadLetter;
import io.plumbline.topics.record.Drift;
import io.plumbline.topics.record.DriftClass;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.FieldDifference;
import io.plumbline.topics.record.Gap;
import io.plumbline.topics.record.Job;
import io.plumbline.topics.record.Look;
import io.plumbline.topics.record.OutboxEvent;
import io.plumbline.topics.record.OutboxRow;
import io.plumbline.topics.record.RepairAnswer;
import io.plumbline.topics.record.RepairCommand;
import io.plumbline.topics.record.RepairOutcome;
import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.RunEnd;
import io.plumbline.topics.record.RunEvent;
import io.plumbline.topics.record.RunRequest;
import io.plumbline.topics.record.RunStatus;
import io.plumbline.topics.record.Schedule;
import io.plumbline.topics.record.Scope;
import io.plumbline.topics.record.SeriesCommand;
import io.plumbline.topics.record.SeriesEvent;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.SlotRange;
import io.plumbline.topics.record.Suspect;
import io.plumbline.topics.record.Tick;
import io.plumbline.topics.record.Trigger;
import io.plumbline.topics.record.Verdict;
import io.plumbline.topics.record.WhenBusy;
import io.plumbline.topics.record.Work;
import io.plumbline.topics.record.WorkAnswer;
import io.plumbline.topics.record.WorkCommand;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A record of each form that a topic's values have, with every field given; by the name of its golden file. */
final class SampleRecords {

    private static final Instant AT = Instant.parse("2026-11-21T22:00:00Z");
    private static final Instant LATER = Instant.parse("2026-11-21T22:00:30.250Z");
    private static final EntityKey ENTITY = EntityKey.of("clients", "Mustermann, Ä", "2007/255");
    private static final FieldDifference DIFFERENCE = new FieldDifference("amount", "value", "10.50", "11");
    private static final Look LOOK = new Look(
            DriftClass.DIFFERENT,
            "c0ffee",
            "2026-11-21 21:59:59.123456",
            "decade",
            List.of(DIFFERENCE),
            List.of(new OutboxRow("17", 2)),
            "field amount: not a number");
    private static final Cause CAUSE = new Cause(Cause.Kind.TICK, "clients-hourly", AT, "r1", "support", "clients.0");
    private static final Scope SCOPE = new Scope(Scope.Kind.WINDOW, Duration.ofDays(2), List.of(ENTITY), "account-1");

    private static final Candle CANDLE = new Candle(
            AT.toEpochMilli(),
            new BigDecimal("5535.34"),
            new BigDecimal("5536"),
            new BigDecimal("5533.85"),
            new BigDecimal("5533.91"),
            new BigDecimal("0.85534819"),
            17,
            Candle.Origin.BACKFILL,
            true);

    private final Map<String, Object> records = new LinkedHashMap<>();

    private SampleRecords() {
        users();
        runs();
        work();
        cases();
        others();
        candles();
    }

    static Map<String, Object> all() {
        return new SampleRecords().records;
    }

    private void candles() {
        SeriesKey series = new SeriesKey("coinbase", "BTC-EUR", "1m");
        records.put("candles", CANDLE);
        records.put(
                "series-events.gap-found",
                new SeriesEvent.GapFound(
                        series, AT, AT.plusSeconds(60), AT.plusSeconds(120), AT.minusSeconds(60), AT.plusSeconds(185)));
        records.put("series-events.slot-arrived", new SeriesEvent.SlotArrived(series, AT, Candle.Origin.LIVE));
        records.put("series-events.mislabelled", new SeriesEvent.Mislabelled(series, LATER));
        records.put("series-events.active", new SeriesEvent.Active("coinbase", 28_000_000));
        List<SlotRange> slots = List.of(new SlotRange(10, 12), new SlotRange(20, 20));
        records.put("series-events.held", new SeriesEvent.Held(series, slots, List.of(CANDLE), AT.minusSeconds(60)));
        records.put("series-commands.verified-empty", new SeriesCommand.VerifiedEmpty(series, slots));
        records.put("series-commands.find-held", new SeriesCommand.FindHeld(series, slots));
        records.put(
                "backfill-requests",
                new BackfillCommand("coinbase-7", series, slots, List.of(9L), List.of(CANDLE), LATER));
        records.put(
                "backfill-results",
                new BackfillAnswer(
                        "coinbase-7",
                        series,
                        BackfillAnswer.Status.THROTTLED,
                        slots,
                        slots,
                        slots,
                        slots,
                        true,
                        true,
                        LATER,
                        "status 429"));
        records.put(
                "gaps",
                new Gap(
                        "coinbase.continuous.2026-01-01T10",
                        series,
                        AT,
                        AT.plusSeconds(120),
                        Gap.Silence.OUTAGE,
                        Gap.Status.PARTLY_FILLED,
                        AT,
                        LATER,
                        3,
                        1,
                        1,
                        0,
                        1,
                        "status 404"));
        put(new Work.PlanCacheScan(AT, LATER, List.of("BTC-EUR"), true, 3, "BTC-EUR"), "plan-cache-scan");
        List<Work.ExpectedSlots> expected = List.of(new Work.ExpectedSlots(series, 10, 30, slots, List.of(CANDLE)));
        put(new Work.ScanCache(true, expected), "scan-cache");
        records.put(
                "run-events.case-settled",
                new RunEvent.CaseSettled("coinbase-candles.1", ENTITY, Map.of("candles_filled", 3L), "status 404"));
        records.put(
                "run-events.counted",
                new RunEvent.Counted(
                        "coinbase-candles.1",
                        "coinbase",
                        Map.of("requests_made", 1L),
                        List.of(new WorkAnswer.Unreadable("coinbase:BTC-EUR:1m", "mislabelled"))));
    }

    private void users() {
        records.put(
                "manual-trigger",
                new Trigger(
                        "clients",
                        true,
                        Duration.ofHours(2),
                        List.of("a/1"),
                        "account-1",
                        true,
                        "support",
                        "r1",
                        WhenBusy.SKIP,
                        "clients.0",
                        "clients.1"));
        records.put("reconciliation-report", report());
        records.put(
                "schedules",
                new Schedule(
                        "0 2 * * *",
                        "Europe/Berlin",
                        "clients-full",
                        Schedule.CatchUp.LATEST,
                        true,
                        false,
                        Schedule.Origin.OPERATOR));
        records.put(
                "drifts",
                new Drift(
                        ENTITY,
                        DriftClass.DIFFERENT,
                        AT,
                        LATER,
                        "clients.1",
                        "held",
                        List.of(DIFFERENCE),
                        "held by the breaker"));
        records.put(
                "jobs",
                new Job(
                        JobConfig.Kind.OUTBOX_RETRY,
                        "clients",
                        true,
                        Duration.ofDays(2),
                        List.of("a", "b"),
                        "Compares"));
    }

    private static Report report() {
        return new Report(
                "clients.1",
                "clients",
                "documents",
                "clients",
                "clients",
                CAUSE,
                SCOPE,
                true,
                RunStatus.COMPLETED_WITH_FAILURES,
                AT,
                LATER,
                LATER,
                LATER,
                new LinkedHashMap<>(Map.of("checked", 10L)),
                false,
                List.of("checked 10 is not 9"),
                new Report.Progress(4, 3, true, 2),
                Map.of("amount", Map.of("value", 1L)),
                List.of(new Report.Sample(
                        ENTITY, Verdict.DIFFERENT, RepairOutcome.SUPERSEDED, List.of(DIFFERENCE), "equal without us")),
                List.of(new WorkAnswer.Unreadable("7", "not JSON")),
                List.of("MongoDB was away"),
                "0/16B3748",
                3L);
    }

    private void runs() {
        records.put("ticks", new Tick("clients-hourly", AT, "clients-hourly", LATER));
        records.put(
                "run-requests",
                new RunRequest(
                        "clients.1",
                        "clients",
                        "clients",
                        List.of("clients-clean-up"),
                        CAUSE,
                        SCOPE,
                        true,
                        WhenBusy.QUEUE,
                        "clients.0",
                        "clients.2",
                        AT));
        records.put("run-ends", new RunEnd("clients.1", "clients", "clients", RunStatus.HELD, LATER));
        records.put("checkpoints", new Checkpoint("clients", "full", "clients.1", "0/16B3748", LATER));
        records.put(
                "run-events.case-confirmed",
                new RunEvent.CaseConfirmed("clients.1", ENTITY, DriftClass.MISSING, List.of(DIFFERENCE)));
        records.put(
                "run-events.case-closed",
                new RunEvent.CaseClosed(
                        "clients.1", ENTITY, Verdict.EXTRA, RepairOutcome.REPORTED, List.of(DIFFERENCE), "policy"));
    }

    private void work() {
        put(new Work.Plan(SCOPE, AT, "cursor"), "plan");
        put(new Work.CompareRange("after", "upTo"), "compare-range");
        put(new Work.CompareKeys(List.of(ENTITY)), "compare-keys");
        put(new Work.CompareTargetPage("cursor"), "compare-target-page");
        put(new Work.CompareOtherTypes("cursor"), "compare-other-types");
        put(new Work.RetryOutbox("cursor"), "retry-outbox");
        put(new Work.FailOutboxRows(List.of(new OutboxRow("17", 2)), "no such row"), "fail-outbox-rows");
        put(new Work.CleanUp(Duration.ofDays(30)), "clean-up");
        put(new Work.ListRepairs("clients.1", "cursor"), "list-repairs");
        records.put(
                "work-answers",
                new WorkAnswer(
                        "clients.1",
                        "clients",
                        3,
                        1,
                        AnswerStatus.DONE,
                        Map.of("checked", 10L),
                        List.of(new Suspect(ENTITY, LOOK)),
                        List.of(new WorkAnswer.Unreadable("7", "not JSON")),
                        List.of(new Work.CompareTargetPage("next")),
                        "0/16B3748",
                        List.of(new WorkAnswer.UndoableRepair(ENTITY, "repair-1")),
                        "why"));
    }

    private void put(Work work, String type) {
        records.put("work." + type, new WorkCommand("clients.1", "clients", "clients", "clients", 3, 1, LATER, work));
    }

    private void cases() {
        records.put("case-events.changed", new CaseEvent.Changed(ENTITY, "17", 23_803_720L, AT));
        records.put(
                "case-events.suspected", new CaseEvent.Suspected(ENTITY, "clients.1", "clients", LOOK, LATER, true));
        records.put("case-events.decided", new CaseEvent.Decided(ENTITY, "clients.1", CaseEvent.Decision.RELEASE));
        records.put(
                "case-events.undo-requested",
                new CaseEvent.UndoRequested(ENTITY, "clients.undo.r1", "clients", "repair-1", LATER));
        CheckCommand check = new CheckCommand(ENTITY, "check-1", LATER, "unstable", List.of(new OutboxRow("17", 2)));
        records.put("checks", check);
        records.put("fast-checks", check);
        records.put("check-answers", new CheckAnswer(ENTITY, "check-1", AnswerStatus.UNAVAILABLE, LOOK, "away"));
        records.put("repairs", new RepairCommand(ENTITY, "repair-1", "clients.1", LATER, "repair-0"));
        records.put(
                "repair-results",
                new RepairAnswer(
                        ENTITY,
                        "repair-1",
                        "clients.1",
                        RepairAnswer.Result.NOT_ALLOWED,
                        "{\"amount\":11}",
                        "{\"amount\":10.50}",
                        "c0ffee",
                        "why"));
    }

    private void others() {
        records.put(
                "outbox",
                new OutboxEvent(
                        "clients",
                        "17",
                        "client",
                        "42",
                        "updated",
                        JsonNodeFactory.instance.objectNode().put("amount", 10),
                        7L,
                        23_803_720L,
                        AT));
        records.put("dead-letters", new DeadLetter("ticker", "schedules", 3, 42, "k", "not JSON", "/w==", true));
        records.put("tick-clock", new ClockTime(3, AT));
    }
}
