package io.plumbline.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.topics.record.Tick;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TickRoundsTest {

    private static final Instant MINUTE = Instant.parse("2026-11-25T12:00:00Z");

    private final TickRounds rounds = new TickRounds(2, 1);

    @Test
    void shouldMeasureTheMinutesAfterTheFirst() {
        take("a", MINUTE, 9_000);
        take("a", MINUTE.plusSeconds(60), 100);
        take("b", MINUTE.plusSeconds(119), 300);

        assertThat(rounds.isComplete()).isTrue();
        assertThat(rounds.measured())
                .singleElement()
                .satisfies(round -> assertThat(round.percentile(100)).isEqualTo(300));
    }

    @Test
    void shouldNotBeCompleteWhileATickIsMissing() {
        take("a", MINUTE, 0);
        take("a", MINUTE.plusSeconds(60), 0);

        assertThat(rounds.isComplete()).isFalse();
    }

    @Test
    void shouldSayWhichScheduleTickedTwiceForOneInstant() {
        take("a", MINUTE, 0);

        assertThatThrownBy(() -> take("a", MINUTE, 5))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("tick of a", MINUTE.toString());
    }

    private void take(String schedule, Instant nominal, long lateMs) {
        Instant readAt = nominal.plus(Duration.ofMillis(lateMs));
        rounds.take(new Tick(schedule, nominal, "job", readAt), readAt);
    }
}
