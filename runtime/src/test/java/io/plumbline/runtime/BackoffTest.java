package io.plumbline.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class BackoffTest {

    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

    @Property(tries = 500)
    void shouldStayWithinAQuarterOfTheDoubledPause(
            @ForAll @IntRange(min = 1, max = 1000) int attempt, @ForAll long seed) {
        long doubled = attempt > 5 ? 30_000 : 1_000L << (attempt - 1);

        long pause = backoff.after(attempt, seed).toMillis();

        assertThat(pause).isBetween(Math.min(doubled, 30_000) * 3 / 4, Math.min(doubled, 30_000));
        assertThat(backoff.after(attempt, seed).toMillis()).isEqualTo(pause);
    }
}
