package io.plumbline.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.config.BreakerConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class BreakerProperties {

    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final Duration SLICE = WINDOW.dividedBy(20);
    private static final Instant START = Instant.parse("2026-11-21T22:00:00Z");

    @Property
    void shouldTripAboveTheCountOrTheRatioAndOnlyThen(
            @ForAll @LongRange(min = 0, max = 300) long repairs,
            @ForAll @LongRange(min = 0, max = 1000) long more,
            @ForAll @LongRange(min = 0, max = 300) long maxCount,
            @ForAll @DoubleRange(min = 0, max = 1) double maxRatio) {
        long checked = repairs + more;
        boolean tooMany = repairs > maxCount;
        boolean tooLarge = checked >= 100 && (double) repairs / checked > maxRatio;

        String reason = new Breaker(new BreakerConfig(maxCount, maxRatio, WINDOW)).trips(repairs, checked);

        assertThat(reason != null).isEqualTo(tooMany || tooLarge);
    }

    @Property
    void shouldNeverTripForFewerWhenItDoesNotForMore(
            @ForAll @LongRange(min = 1, max = 300) long repairs,
            @ForAll @LongRange(min = 300, max = 1000) long checked,
            @ForAll @LongRange(min = 0, max = 300) long maxCount,
            @ForAll @DoubleRange(min = 0, max = 1) double maxRatio) {
        Breaker breaker = new Breaker(new BreakerConfig(maxCount, maxRatio, WINDOW));

        if (breaker.trips(repairs, checked) == null) {
            assertThat(breaker.trips(repairs - 1, checked)).isNull();
        }
    }

    /** Everything within the window counts, nothing that is older by more than a slice, and memory stays small. */
    @Property
    void shouldCountWhatTheWindowHolds(
            @ForAll @Size(max = 200) List<@IntRange(min = 0, max = 60) Integer> secondsBetween,
            @ForAll @IntRange(min = 0, max = 1200) int secondsAfter) {
        SlidingWindow window = SlidingWindow.EMPTY;
        List<Instant> counted = new ArrayList<>();
        Instant at = START;
        for (int seconds : secondsBetween) {
            at = at.plusSeconds(seconds);
            window = window.plus(at, 1, 2, WINDOW);
            counted.add(at);
            assertThat(window.slices()).hasSizeLessThanOrEqualTo(32);
        }
        Instant now = at.plusSeconds(secondsAfter);

        long repairs = window.repairs(now, WINDOW);
        assertThat(repairs).isGreaterThanOrEqualTo(since(counted, now.minus(WINDOW)));
        assertThat(repairs).isLessThanOrEqualTo(since(counted, now.minus(WINDOW).minus(SLICE)));
        assertThat(window.checked(now, WINDOW)).isEqualTo(2 * repairs);
    }

    private static long since(List<Instant> counted, Instant from) {
        return counted.stream().filter(at -> at.isAfter(from)).count();
    }
}
