package io.plumbline.reconciler.kinds;

import static io.plumbline.reconciler.kinds.RunsUnderTest.START;
import static io.plumbline.reconciler.kinds.RunsUnderTest.closed;
import static io.plumbline.reconciler.kinds.RunsUnderTest.compared;
import static io.plumbline.reconciler.kinds.RunsUnderTest.confirmed;
import static io.plumbline.reconciler.kinds.RunsUnderTest.mail;
import static io.plumbline.reconciler.kinds.RunsUnderTest.planned;
import static io.plumbline.reconciler.kinds.RunsUnderTest.without;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.record.AnswerStatus;
import io.plumbline.topics.record.RepairOutcome;
import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.RunStatus;
import io.plumbline.topics.record.Verdict;
import io.plumbline.topics.record.Work;
import io.plumbline.topics.record.WorkCommand;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UnavailableStoreTest {

    private static final String RUN = "mails-full.2026-11-21T22:00:00Z";
    private static final Work[] RANGES = {
        new Work.CompareRange(null, "a"),
        new Work.CompareRange("a", "b"),
        new Work.CompareRange("b", "c"),
        new Work.CompareRange("c", null)
    };

    private final RunsUnderTest runs = new RunsUnderTest();

    @AfterEach
    void close() {
        runs.close();
    }

    @Test
    void shouldGoOnWhenAStoreIsBackInTime() {
        List<WorkCommand> segments = segments();
        for (int round = 0; round < 4; round++) {
            segments.forEach(segment -> runs.answer(without(segment, AnswerStatus.UNAVAILABLE, "mongo is away")));
            assertThat(runs.work()).isEmpty();
            runs.pass(Duration.ofSeconds(10));
            segments = runs.work();
            assertThat(segments).hasSize(2);
        }
        while (!segments.isEmpty()) {
            segments.forEach(segment -> runs.answer(compared(segment, 10)));
            segments = runs.work();
        }

        Report report = runs.report(RUN);
        assertThat(report.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(report.counters()).containsEntry("checked", 40L);
    }

    @Test
    void shouldWaitLongerAndLonger() {
        WorkCommand segment = segments().getFirst();
        Duration waited = Duration.ZERO;
        for (int round = 0; round < 3; round++) {
            runs.answer(without(segment, AnswerStatus.UNAVAILABLE, "mongo is away"));
            Duration before = waited;
            waited = Duration.ZERO;
            List<WorkCommand> again = List.of();
            while (again.isEmpty()) {
                runs.tick();
                waited = waited.plus(Duration.ofMillis(100));
                again = runs.work();
            }
            segment = again.getFirst();
            assertThat(waited).isGreaterThan(before);
        }
    }

    @Test
    void shouldBeSkippedWithTheReasonWhenAStoreStaysAway() {
        List<WorkCommand> segments = segments();
        segments.forEach(segment -> runs.answer(without(segment, AnswerStatus.UNAVAILABLE, "mongo is away")));
        runs.pass(Duration.ofSeconds(61));
        runs.work().forEach(segment -> runs.answer(without(segment, AnswerStatus.UNAVAILABLE, "mongo is away")));

        Report report = runs.report(RUN);
        assertThat(report.status()).isEqualTo(RunStatus.SKIPPED);
        assertThat(report.notes()).containsExactly("work skipped: mongo is away (4 times)");
        assertThat(report.ledgerAddsUp()).isTrue();
        assertThat(runs.checkpoints()).isEmpty();
    }

    @Test
    void shouldSayWhatWasSkippedWhenAStoreGoesAwayHalfWay() {
        List<WorkCommand> segments = segments();
        runs.answer(compared(segments.get(0), 10, mail(1)));
        runs.event("mails", closed(RUN, mail(1), Verdict.TRANSIENT, null));
        runs.pass(Duration.ofSeconds(1));
        WorkCommand third = runs.onlyWork();
        for (int round = 0; round < 2; round++) {
            runs.answer(without(segments.get(1), AnswerStatus.UNAVAILABLE, "mongo is away"));
            runs.answer(without(third, AnswerStatus.UNAVAILABLE, "mongo is away"));
            runs.pass(Duration.ofSeconds(61));
            segments = runs.work();
            if (segments.size() == 2) {
                third = segments.get(0);
            }
        }

        Report report = runs.report(RUN);
        assertThat(report.status()).isEqualTo(RunStatus.COMPLETED_WITH_FAILURES);
        assertThat(report.counters()).containsEntry("checked", 11L).containsEntry("work-skipped", 3L);
        assertThat(runs.checkpoints()).isEmpty();
    }

    @Test
    void shouldIgnoreASecondAnswerThatAStoreIsAway() {
        WorkCommand segment = segments().getFirst();
        runs.answer(without(segment, AnswerStatus.UNAVAILABLE, "mongo is away"));
        runs.answer(without(segment, AnswerStatus.UNAVAILABLE, "mongo is away"));
        runs.pass(Duration.ofSeconds(30));
        WorkCommand again = runs.onlyWork();
        assertThat(again.attempt()).isEqualTo(2);
        runs.answer(without(segment, AnswerStatus.UNAVAILABLE, "mongo is away"));
        runs.pass(Duration.ofSeconds(30));

        assertThat(runs.work()).isEmpty();
    }

    @Test
    void shouldEndAsFailedWhenWorkFailsForGoodAndStillDoTheRest() {
        List<WorkCommand> segments = segments();
        WorkCommand poison = segments.get(0);
        runs.answer(compared(segments.get(1), 10));
        WorkCommand third = runs.onlyWork();
        runs.answer(compared(third, 10));
        runs.answer(compared(runs.onlyWork(), 10));
        for (int attempt = 1; attempt <= 3; attempt++) {
            runs.answer(without(poison, AnswerStatus.FAILED, "a row that cannot be read"));
            runs.pass(Duration.ofSeconds(30));
            poison = attempt < 3 ? runs.onlyWork() : poison;
        }

        Report report = runs.report(RUN);
        assertThat(report.status()).isEqualTo(RunStatus.FAILED);
        assertThat(report.counters()).containsEntry("checked", 30L).containsEntry("work-failed", 1L);
        assertThat(report.notes()).containsExactly("work failed: a row that cannot be read");
        assertThat(report.ledgerAddsUp()).isTrue();
    }

    @Test
    void shouldReportWhatIsMissingWhenTheDeadlineIsReached() {
        List<WorkCommand> segments = segments();
        runs.answer(compared(segments.get(0), 10, mail(1), mail(2)));
        runs.event("mails", confirmed(RUN, mail(1)));
        runs.pass(Duration.ofMinutes(10));

        Report report = runs.report(RUN);
        assertThat(report.status()).isEqualTo(RunStatus.FAILED);
        assertThat(report.ledgerAddsUp()).isTrue();
        assertThat(report.counters()).containsEntry("checked", 12L).containsEntry("skipped", 2L);
        assertThat(report.notes())
                .containsExactlyInAnyOrder(
                        "deadline: 3 of 5 pieces of work were not done", "deadline: 2 entities were not decided");
        runs.answer(compared(segments.get(1), 10));
        runs.event("mails", closed(RUN, mail(1), Verdict.DIFFERENT, RepairOutcome.REPAIRED));
        assertThat(runs.ends()).hasSize(1);
        runs.tick("mails", runs.now());
        assertThat(runs.work().getLast().job()).isEqualTo("mails");
    }

    @Test
    void shouldWaitForItsDeadlineWhenWorkHasExpired() {
        List<WorkCommand> segments = segments();
        runs.pass(Duration.ofMinutes(9));
        runs.answer(without(segments.get(0), AnswerStatus.EXPIRED, "expired"));
        assertThat(runs.ends()).isEmpty();
        runs.pass(Duration.ofMinutes(1));

        assertThat(runs.report(RUN).status()).isEqualTo(RunStatus.FAILED);
    }

    private List<WorkCommand> segments() {
        runs.tick("mails-full", START);
        runs.answer(planned(runs.onlyWork(), RANGES));
        return runs.work();
    }
}
