package io.plumbline.reconciler.cases;

import static io.plumbline.reconciler.cases.SimulatedCase.RULES;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.record.AnswerStatus;
import io.plumbline.topics.record.Look;
import io.plumbline.topics.record.Verdict;
import org.junit.jupiter.api.Test;

/** A pause is not a verdict: what happens when looks are not to be had. */
class PauseTest {

    private static final Look DIFFERENT = Looks.of("a", "1", "x");

    private final CasePaths path = new CasePaths();

    @Test
    void shouldAskAgainWithoutAnAttemptAndThenSkipWhenAStoreIsAway() {
        path.changed().due();
        long first = path.now;
        int asked = 0;
        while (path.state != null) {
            path.answered(AnswerStatus.UNAVAILABLE, null, "PostgreSQL is away");
            if (path.state != null) {
                assertThat(path.there().progress().failures()).isZero();
                path.due();
                asked++;
            }
        }

        assertThat(path.now - first).isEqualTo(RULES.unavailableAfter());
        assertThat(asked).isGreaterThan(3);
        assertThat(path.closed().verdict()).isEqualTo(Verdict.SKIPPED);
        assertThat(path.closed().reason()).isEqualTo("PostgreSQL is away");
    }

    @Test
    void shouldKeepWhatItKnowsWhenAStoreIsAwayInBetween() {
        path.changed().due().looked(DIFFERENT).due();
        path.answered(AnswerStatus.UNAVAILABLE, null, "away").due().looked(DIFFERENT);

        path.phase(Phase.Confirmed.class);
        assertThat(path.there().progress().unavailable()).isZero();
    }

    @Test
    void shouldCloseAsUnreadableWhenAttemptsAreUsedUp() {
        path.changed().due();
        path.answered(AnswerStatus.FAILED, null, "bad row").due().answered(AnswerStatus.FAILED, null, "bad row");

        path.due().answered(AnswerStatus.FAILED, null, "bad row");

        assertThat(path.closed().verdict()).isEqualTo(Verdict.UNREADABLE);
        assertThat(path.closed().reason()).isEqualTo("could not be looked at: bad row");
    }

    @Test
    void shouldAskAgainWhenAQueueWasTooLongForTheFastWay() {
        path.changed().due().answered(AnswerStatus.EXPIRED, null, null);

        path.phase(Phase.Waiting.class);
        path.due();
        assertThat(path.check().deadline().toEpochMilli()).isGreaterThan(path.now + RULES.unavailableAfter());
    }

    @Test
    void shouldSkipWhenAScansLookExpires() {
        path.suspected("scan", DIFFERENT).due().at(60_000).answered(AnswerStatus.EXPIRED, null, null);

        assertThat(path.closed().verdict()).isEqualTo(Verdict.SKIPPED);
        assertThat(path.closed().reason()).isEqualTo("deadline");
    }

    @Test
    void shouldAskAgainUnderANewIdWhenAnAnswerIsLost() {
        path.changed().due();
        String lost = path.checkId();

        path.due();

        assertThat(path.check().checkId()).isNotEqualTo(lost);
        assertThat(path.there().subscribers()).hasSize(1);
    }

    @Test
    void shouldGiveUpWhenAnAnswerIsLostAndTheRunIsOver() {
        path.suspected("scan", DIFFERENT).due().due();

        assertThat(path.closed().verdict()).isEqualTo(Verdict.SKIPPED);
        assertThat(path.state).isNull();
    }

    @Test
    void shouldGiveAChangeItsOwnPatienceWhenItComesWhileAStoreIsAway() {
        path.changed().due().answered(AnswerStatus.UNAVAILABLE, null, "away").changed();
        while (path.sent.stream().noneMatch(Effect.Tell.class::isInstance)) {
            path.due().answered(AnswerStatus.UNAVAILABLE, null, "away");
        }
        assertThat(path.closed().verdict()).isEqualTo(Verdict.SKIPPED);

        path.phase(Phase.Waiting.class);
        path.due().looked(Looks.of("a", "1", "a"));
        assertThat(path.closed().verdict()).isEqualTo(Verdict.MATCHED);
        assertThat(path.state).isNull();
    }

    @Test
    void shouldNotTakeAnAnswerWithoutALookForEqual() {
        path.changed().due().answered(AnswerStatus.DONE, null, null);

        assertThat(path.there().progress().failures()).isEqualTo(1);
    }
}
