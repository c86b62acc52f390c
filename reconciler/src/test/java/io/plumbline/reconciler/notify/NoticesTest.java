package io.plumbline.reconciler.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.config.NotificationsConfig.Severity;
import io.plumbline.topics.record.Cause;
import io.plumbline.topics.record.DeadLetter;
import io.plumbline.topics.record.Drift;
import io.plumbline.topics.record.DriftClass;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NoticesTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    private final OldDrifts drifts = new OldDrifts(Duration.ofMinutes(30));

    @Test
    void shouldBeCriticalAndSayWhyWhenARunFailed() {
        assertThat(RunNotices.of(report(RunStatus.FAILED))).hasValueSatisfying(notice -> {
            assertThat(notice.severity()).isEqualTo(Severity.CRITICAL);
            assertThat(notice.text()).isEqualTo("Run mails.r of job mails of mails failed (why) [request r]");
        });
    }

    @Test
    void shouldSayWhatToDoWhenARunIsHeld() {
        assertThat(RunNotices.of(report(RunStatus.HELD))).hasValueSatisfying(notice -> {
            assertThat(notice.severity()).isEqualTo(Severity.WARNING);
            assertThat(notice.text()).contains("7 entities wait", "'approve mails.r'");
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"RUNNING", "COMPLETED"})
    void shouldSayNothingWhenNobodyHasToLook(RunStatus status) {
        assertThat(RunNotices.of(report(status))).isEmpty();
    }

    @Test
    void shouldTellADriftOnceWhenItHasComeOfAge() {
        drifts.heard(0, "mails/1", drift("1", "confirmed", Duration.ofMinutes(29)));
        drifts.heard(0, "mails/2", drift("2", "failed", Duration.ofMinutes(31)));
        drifts.heard(0, "mails/3", drift("3", "reported", Duration.ofHours(9)));

        assertThat(drifts.takeAged(NOW))
                .singleElement()
                .extracting(Notice::text)
                .asString()
                .contains("1 drifts of mails", "mails/2, is failed for 31 minutes");

        drifts.heard(0, "mails/2", drift("2", "repairing", Duration.ofMinutes(31)));
        assertThat(drifts.takeAged(NOW)).isEmpty();
        assertThat(drifts.takeAged(NOW.plus(Duration.ofMinutes(2)))).hasSize(1);
    }

    @Test
    void shouldForgetADriftWhenItIsClosedOrAnothersToTell() {
        drifts.heard(0, "mails/1", drift("1", "held", Duration.ofHours(1)));
        drifts.heard(1, "mails/2", drift("2", "held", Duration.ofHours(1)));

        drifts.heard(0, "mails/1", null);
        drifts.forget(1);

        assertThat(drifts.takeAged(NOW)).isEmpty();
    }

    @Test
    void shouldTellDeadLettersTogetherAndNothingOfTheirValueWhenTheyCameTogether() {
        DeadLetter letter = new DeadLetter("scan", "candles", 3, 42, "key", "no number", "secret text", false);

        assertThat(DeadLetterNotices.of(List.of(letter, letter)))
                .hasValueSatisfying(notice -> assertThat(notice.text())
                        .startsWith("2 dead letters, the first by scan, of candles-3 offset 42: no number")
                        .doesNotContain("secret text"));
        assertThat(DeadLetterNotices.of(List.of())).isEmpty();
    }

    private static Drift drift(String key, String state, Duration age) {
        return new Drift(
                EntityKey.of("mails", key), DriftClass.DIFFERENT, NOW.minus(age), NOW, "run", state, List.of(), null);
    }

    private static Report report(RunStatus status) {
        return new Report(
                "mails.r",
                "mails",
                "documents",
                "mails",
                "mails",
                new Cause(Cause.Kind.MANUAL, null, null, "r", "tests", null),
                null,
                false,
                status,
                NOW,
                NOW,
                NOW,
                null,
                Map.of(),
                true,
                List.of(),
                null,
                Map.of(),
                List.of(),
                List.of(),
                List.of("why"),
                null,
                7L);
    }
}
