package io.plumbline.reconciler.kinds;

import static io.plumbline.reconciler.kinds.RunsUnderTest.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.RunStatus;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several coordinators read the same ticks and triggers: each is answered by one. */
class OwnershipTest {

    private final RunsUnderTest runs = new RunsUnderTest();

    @AfterEach
    void close() {
        runs.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"job\": \"coinbase-candles\", \"requestId\": \"r\"}",
                "{\"job\": \"coinbase-candles-hourly\", \"requestId\": \"r\", \"full\": true}",
                "{\"job\": \"coinbase-candles\", \"requestId\": \"r\", \"undo\": \"x\"}",
            })
    void shouldLeaveItToTheGapDetectorWhenATriggerIsOfACandlesJob(String trigger) {
        runs.trigger(trigger);

        assertThat(runs.reports()).isEmpty();
        assertThat(runs.work()).isEmpty();
        assertThat(runs.deadLetters()).isEmpty();
    }

    @Test
    void shouldLeaveItToTheGapDetectorWhenATickIsOfACandlesJob() {
        runs.tick("coinbase-candles", START);

        assertThat(runs.reports()).isEmpty();
        assertThat(runs.work()).isEmpty();
        assertThat(runs.deadLetters()).isEmpty();
    }

    @Test
    void shouldAnswerOnceWhenAJobIsUnknown() {
        runs.trigger("{\"job\": \"nothing\", \"requestId\": \"r\"}");
        runs.tick("nothing", START);
        runs.triggerWithoutWaiting("no trigger".getBytes(StandardCharsets.UTF_8));

        assertThat(runs.reports()).singleElement().extracting(Report::status).isEqualTo(RunStatus.FAILED);
        assertThat(runs.deadLetters()).hasSize(3);
    }
}
