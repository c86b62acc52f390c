package io.plumbline.reconciler.kinds;

import static io.plumbline.reconciler.kinds.RunsUnderTest.START;
import static io.plumbline.reconciler.kinds.RunsUnderTest.mail;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.json.Json;
import io.plumbline.topics.record.Cause;
import io.plumbline.topics.record.DeadLetter;
import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.RunStatus;
import io.plumbline.topics.record.Scope;
import io.plumbline.topics.record.Work;
import io.plumbline.topics.record.WorkCommand;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIntakeTest {

    private final RunsUnderTest runs = new RunsUnderTest();

    @AfterEach
    void close() {
        runs.close();
    }

    @Test
    void shouldMakeARequestIdWhenATriggerHasNone() {
        runs.trigger("{\"job\": \"mails\"}");

        WorkCommand plan = runs.onlyWork();
        assertThat(plan.runId()).isEqualTo("mails.manual-trigger-0-0");
        assertThat(plan.work()).isEqualTo(new Work.Plan(Scope.window(Duration.ofDays(2)), null, null));
        Cause cause = runs.report(plan.runId()).cause();
        assertThat(cause.kind()).isEqualTo(Cause.Kind.MANUAL);
        assertThat(cause.requestId()).isEqualTo("manual-trigger-0-0");
    }

    @Test
    void shouldRunOnceWhenATriggerComesTwice() {
        runs.trigger("{\"job\": \"mails\", \"requestId\": \"r-1\"}");
        runs.trigger("{\"job\": \"mails\", \"requestId\": \"r-1\", \"who\": \"somebody else\"}");

        assertThat(runs.onlyWork().runId()).isEqualTo("mails.r-1");
        assertThat(runs.reports()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'full': true} | {'kind': 'full'}",
                "{'window': 'PT2H'} | {'kind': 'window', 'window': 'PT2H'}",
                "{'window': '2h'} | {'kind': 'window', 'window': 'PT2H'}",
                "{'window': '7d'} | {'kind': 'window', 'window': 'P7D'}",
                "{'full': false} | {'kind': 'window', 'window': 'PT48H'}",
                "{} | {'kind': 'full'}",
            })
    void shouldCoverWhatTheTriggerAsksFor(String options, String scope) {
        String others = options.replace('\'', '"').substring(1);
        runs.trigger("{\"job\": \"mails-full\", \"unheardOf\": 1" + (others.length() > 1 ? "," : "") + others);

        Scope expected = Json.parse(scope.replace('\'', '"'), Scope.class);
        assertThat(runs.onlyWork().work()).isEqualTo(new Work.Plan(expected, null, null));
    }

    @Test
    void shouldLookAtNamedKeysOnly() {
        runs.trigger("{\"job\": \"mails\", \"keys\": [\"1\", \"2\"]}");

        Scope scope = Scope.keys(List.of(mail(1), mail(2)));
        assertThat(runs.onlyWork().work()).isEqualTo(new Work.Plan(scope, null, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'job': 'nonsense', 'requestId': 'r'} | no job 'nonsense' is configured",
                "{'requestId': 'r'} | 'job' is required",
                "{'job': 'mails', 'requestId': 'r', 'full': true, 'window': 'PT1H'} | only one of 'full', 'window'",
                "{'job': 'mails', 'requestId': 'r', 'window': 'PT0S'} | longer than nothing",
                "{'job': 'mails', 'requestId': 'r', 'window': 'a while'} | is not a duration",
                "{'job': 'mails', 'requestId': 'r', 'keys': []} | at least one key",
                "{'job': 'mails', 'requestId': 'r', 'keys': ['1/2']} | has 2 parts",
                "{'job': 'mails', 'requestId': 'r', 'approve': 'x', 'undo': 'y'} | only one of 'approve'",
                "{'job': 'mails', 'requestId': 'r', 'undo': 'y', 'dryRun': true} | cannot be dry runs",
                "{'job': 'mails', 'requestId': 'r', 'approve': 'y', 'full': true} | no scope can be asked for",
                "{'job': 'mails', 'requestId': 'r', 'scope': 'account 7'} | no narrower scopes",
                "{'job': 'mails-hourly', 'requestId': 'r', 'undo': 'y'} | is a sequence",
                "{'job': 'mails-outbox-retry', 'requestId': 'r', 'full': true} | compares no scope",
                "{'job': 'invoices', 'requestId': 'r', 'window': 'PT1H'} | only full runs are possible",
                "{'job': 'mails', 'requestId': 'r', 'keys': 'not a list' | not JSON",
                "{'job': 'mails', 'requestId': 'r', 'keys': {'a': 1}} | not a trigger",
            })
    void shouldSayWhyATriggerIsRefused(String trigger, String reason) {
        runs.trigger(trigger.replace('\'', '"'));

        assertThat(runs.work()).isEmpty();
        assertThat(runs.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.reason()).contains(reason);
            assertThat(letter.topic()).isEqualTo("manual-trigger");
            assertThat(letter.value()).isEqualTo(trigger.replace('\'', '"'));
        });
        assertThat(runs.reports()).singleElement().satisfies(report -> {
            assertThat(report.status()).isEqualTo(RunStatus.FAILED);
            assertThat(report.cause().requestId()).isEqualTo("r");
            assertThat(report.notes()).singleElement().asString().contains(reason);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "[]", "\"mails\"", "{\"job\": \"nonsense\"}", "null", "1"})
    void shouldReportNothingWhenNoRequestIdCanBeRead(String trigger) {
        runs.trigger(trigger);

        assertThat(runs.deadLetters()).hasSize(1);
        assertThat(runs.reports()).isEmpty();
        assertThat(runs.work()).isEmpty();
    }

    @Test
    void shouldKeepTheBytesOfATriggerThatIsNoText() {
        runs.triggerWithoutWaiting(new byte[] {(byte) 0xff, 0});

        assertThat(runs.deadLetters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.base64()).isTrue());
    }

    @Test
    void shouldRefuseATriggerWithoutAValue() {
        runs.triggerWithoutWaiting(null);

        assertThat(runs.deadLetters()).hasSize(1);
    }

    @Test
    void shouldSayAllThatIsWrongAtOnce() {
        runs.trigger("{\"job\": \"mails\", \"requestId\": \"\\u0007\", \"full\": true, \"keys\": [\"a/b\"]}");

        assertThat(runs.deadLetters())
                .singleElement()
                .extracting(DeadLetter::reason)
                .asString()
                .contains("requestId", "only one of", "2 parts");
    }

    @Test
    void shouldRefuseATickOfAJobThatDoesNotExist() {
        runs.tick("nonsense", START);

        assertThat(runs.deadLetters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.reason()).contains("no job 'nonsense'"));
    }

    @Test
    void shouldRunOnceWhenATickComesTwice() {
        runs.tick("mails", START);
        runs.tick("mails", START);

        assertThat(runs.work()).hasSize(1);
        assertThat(runs.reports()).extracting(Report::status).containsExactly(RunStatus.RUNNING);
    }
}
