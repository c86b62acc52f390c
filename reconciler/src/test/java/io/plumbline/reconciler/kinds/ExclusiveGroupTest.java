package io.plumbline.reconciler.kinds;

import static io.plumbline.reconciler.kinds.RunsUnderTest.START;
import static io.plumbline.reconciler.kinds.RunsUnderTest.compared;
import static io.plumbline.reconciler.kinds.RunsUnderTest.planned;
import static io.plumbline.reconciler.kinds.RunsUnderTest.without;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.record.AnswerStatus;
import io.plumbline.topics.record.Cause;
import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.RunStatus;
import io.plumbline.topics.record.Trace;
import io.plumbline.topics.record.Work;
import io.plumbline.topics.record.WorkCommand;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExclusiveGroupTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final RunsUnderTest runs = new RunsUnderTest();

    @AfterEach
    void close() {
        runs.close();
    }

    @Test
    void shouldSkipATickWhenARunOfItsGroupGoesOn() {
        runs.trigger("{\"job\": \"mails-full\", \"requestId\": \"long\"}");
        WorkCommand plan = runs.onlyWork();
        runs.tick("mails", START);

        Report skipped = runs.report("mails.2026-11-21T22:00:00Z");
        assertThat(skipped.status()).isEqualTo(RunStatus.SKIPPED);
        assertThat(skipped.notes()).singleElement().asString().contains("overlap: run mails-full.long");
        assertThat(runs.ends()).hasSize(1);
        runs.answer(planned(plan));
        runs.tick();
        assertThat(runs.work()).isEmpty();
    }

    @Test
    void shouldQueueATriggerWhenARunOfItsGroupGoesOn() {
        runs.tick("mails-full", START);
        WorkCommand plan = runs.onlyWork();
        runs.trigger("{\"job\": \"mails\", \"requestId\": \"1\"}");
        runs.trigger("{\"job\": \"mails\", \"requestId\": \"2\"}");
        assertThat(runs.work()).isEmpty();

        runs.answer(planned(plan));
        runs.tick();
        WorkCommand first = runs.onlyWork();
        assertThat(first.runId()).isEqualTo("mails.1");
        runs.answer(planned(first));
        runs.tick();
        assertThat(runs.onlyWork().runId()).isEqualTo("mails.2");
    }

    @Test
    void shouldSkipATriggerWhenItSaysSo() {
        runs.tick("mails-full", START);
        runs.trigger("{\"job\": \"mails\", \"requestId\": \"1\", \"whenBusy\": \"skip\"}");

        assertThat(runs.report("mails.1").status()).isEqualTo(RunStatus.SKIPPED);
    }

    @Test
    void shouldNotLetOneGroupWaitForAnother() {
        runs.tick("mails-full", START);
        runs.tick("invoices-full", START);

        assertThat(runs.work()).extracting(WorkCommand::dataset).containsExactly("mails", "invoices");
    }

    @Test
    void shouldRunBothWhenTwoSchedulesAreDueAtTheSameInstant() {
        runs.tick("mails-hourly", START);
        WorkCommand retry = runs.onlyWork();
        runs.tick("mails-full", START);
        assertThat(runs.reports()).extracting(Report::status).containsOnly(RunStatus.RUNNING);

        runs.answer(RunsUnderTest.answer(retry, Map.of(), List.of(), List.of(), null));
        runs.tick();
        assertThat(runs.onlyWork().runId()).isEqualTo("mails-full.2026-11-21T22:00:00Z");
        runs.tick("mails-hourly", START.plus(HOUR));
        assertThat(runs.report("mails-outbox-retry.2026-11-21T23:00:00Z").status())
                .isEqualTo(RunStatus.SKIPPED);
    }

    @Test
    void shouldRunTheStepsOfASequenceInOrderWhateverBecomesOfEach() {
        runs.tick("mails-hourly", START);
        WorkCommand retry = runs.onlyWork();
        assertThat(retry.work()).isEqualTo(new Work.RetryOutbox(null));
        fail(retry);

        WorkCommand plan = runs.onlyWork();
        assertThat(plan.runId()).isEqualTo("mails.after.mails-outbox-retry.2026-11-21T22:00:00Z");
        assertThat(plan.work()).isInstanceOf(Work.Plan.class);
        runs.answer(without(plan, AnswerStatus.UNAVAILABLE, "mongo is away"));
        runs.pass(Duration.ofMinutes(2));
        runs.answer(without(runs.onlyWork(), AnswerStatus.UNAVAILABLE, "mongo is away"));
        runs.tick();

        WorkCommand cleanUp = runs.onlyWork();
        assertThat(cleanUp.work()).isEqualTo(new Work.CleanUp(Duration.ofDays(30)));
        runs.answer(RunsUnderTest.answer(cleanUp, Map.of("outbox-rows-deleted", 7L), List.of(), List.of(), null));
        runs.tick();
        assertThat(runs.ends())
                .extracting(end -> end.status())
                .containsExactly(RunStatus.FAILED, RunStatus.SKIPPED, RunStatus.COMPLETED);
        Report last = runs.report(cleanUp.runId());
        assertThat(last.counters()).containsEntry("outbox-rows-deleted", 7L);
        assertThat(last.cause().kind()).isEqualTo(Cause.Kind.AFTER);
        assertThat(last.cause().afterRun()).isEqualTo(plan.runId());
        assertThat(runs.work()).isEmpty();
    }

    @Test
    void shouldHandTheTraceOnToTheNextStepWhenASequenceIsTraced() {
        Trace trace = new Trace("r", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "vendor=1");
        runs.trigger("{\"job\": \"mails-hourly\", \"requestId\": \"r\"}", trace);
        WorkCommand retry = runs.onlyWork();

        runs.answer(RunsUnderTest.answer(retry, Map.of(), List.of(), List.of(), null));
        runs.tick();

        Report next = runs.report(runs.onlyWork().runId());
        assertThat(next.cause().kind()).isEqualTo(Cause.Kind.AFTER);
        assertThat(Trace.of(next.cause())).isEqualTo(trace);
    }

    @Test
    void shouldSkipAWholeSequenceOnceWhenItOverlaps() {
        runs.trigger("{\"job\": \"mails-full\", \"requestId\": \"long\"}");
        WorkCommand plan = runs.onlyWork();
        runs.tick("mails-hourly", START);
        assertThat(runs.reports().getLast().notes())
                .singleElement()
                .asString()
                .contains("nor run mails, mails-clean-up");

        runs.answer(planned(plan));
        runs.tick();
        assertThat(runs.work()).isEmpty();
    }

    @Test
    void shouldDryRunEveryStepOfASequence() {
        runs.trigger("{\"job\": \"mails-hourly\", \"requestId\": \"1\", \"dryRun\": true}");
        runs.answer(RunsUnderTest.answer(runs.onlyWork(), Map.of(), List.of(), List.of(), null));
        runs.tick();
        WorkCommand plan = runs.onlyWork();
        assertThat(runs.report(plan.runId()).dryRun()).isTrue();
        runs.answer(planned(plan));
        runs.tick();

        assertThat(runs.work()).isEmpty();
        assertThat(runs.reports().getLast()).satisfies(report -> {
            assertThat(report.job()).isEqualTo("mails-clean-up");
            assertThat(report.status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(report.notes()).containsExactly("a dry run of this job does nothing");
        });
    }

    @Test
    void shouldStartTheNextWhenARunComparedNothing() {
        runs.tick("mails-full", START);
        runs.trigger("{\"job\": \"mails\", \"requestId\": \"1\"}");
        WorkCommand plan = runs.onlyWork();
        runs.answer(planned(plan, new Work.CompareOtherTypes(null)));
        runs.answer(compared(runs.onlyWork(), 0));
        runs.tick();

        assertThat(runs.onlyWork().runId()).isEqualTo("mails.1");
    }

    /** Fails a piece of work as often as it is tried. */
    private void fail(WorkCommand command) {
        runs.answer(without(command, AnswerStatus.FAILED, "no such table"));
        for (int attempt = 2; attempt <= 3; attempt++) {
            runs.pass(Duration.ofSeconds(30));
            WorkCommand again = runs.onlyWork();
            assertThat(again.attempt()).isEqualTo(attempt);
            runs.answer(without(again, AnswerStatus.FAILED, "no such table"));
        }
        runs.tick();
    }
}
