package io.plumbline.ticker;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.ticker.cron.DueTimes;
import io.plumbline.topics.record.Schedule.CatchUp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CatchUpRuleTest {

    private static final Instant START = Instant.parse("2026-10-24T20:00:00Z");

    private final DueTimes hourly = DueTimes.parse("0 * * * *", "UTC");

    @Test
    void shouldFireTheNewestOnlyWhenSeveralWereMissed() {
        assertThat(decide(CatchUp.LATEST, "2026-10-25T03:30:00Z").fire())
                .containsExactly(Instant.parse("2026-10-25T03:00:00Z"));
    }

    @Test
    void shouldFireAllWhenAskedTo() {
        assertThat(decide(CatchUp.ALL, "2026-10-25T03:30:00Z").fire()).hasSize(7);
    }

    @Test
    void shouldFireNothingMissedWhenAskedTo() {
        assertThat(decide(CatchUp.NONE, "2026-10-25T03:30:00Z").fire()).isEmpty();
        assertThat(decide(CatchUp.NONE, "2026-10-25T03:00:05Z").fire())
                .containsExactly(Instant.parse("2026-10-25T03:00:00Z"));
    }

    @Test
    void shouldNotTakeLongerWhenTheNewestOfAYearIsLookedFor() {
        DueTimes everyMinute = DueTimes.parse("* * * * *", "Europe/Amsterdam");
        Instant now = START.plus(Duration.ofDays(3650));

        assertThat(CatchUpRule.decide(CatchUp.LATEST, everyMinute, START, now, 10)
                        .fire())
                .containsExactly(now);
    }

    @Property(tries = 300)
    void shouldFireEachInstantAtMostOnceWheneverItLooks(
            @ForAll CatchUp catchUp,
            @ForAll("lines") String line,
            @ForAll("looks") List<Integer> minutesBetweenLooks,
            @ForAll @IntRange(min = 1, max = 20) int atMost) {
        DueTimes times = DueTimes.parse(line, "Europe/Amsterdam");
        List<Instant> fired = new ArrayList<>();
        Instant settled = START;
        Instant now = START;

        for (int minutes : minutesBetweenLooks) {
            now = now.plus(Duration.ofMinutes(minutes));
            boolean more = true;
            while (more) {
                CatchUpRule.Decision decision = CatchUpRule.decide(catchUp, times, settled, now, atMost);
                fired.addAll(decision.fire());
                settled = decision.settled();
                more = settled.isBefore(now);
            }
        }

        List<Instant> due = times.between(START, now, Integer.MAX_VALUE);
        assertThat(fired).isSorted().doesNotHaveDuplicates().isSubsetOf(due);
        if (catchUp == CatchUp.ALL) {
            assertThat(fired).isEqualTo(due);
        }
        if (catchUp == CatchUp.LATEST && !due.isEmpty()) {
            assertThat(fired).contains(due.get(due.size() - 1));
        }
    }

    @Provide
    Arbitrary<String> lines() {
        return Arbitraries.of("* * * * *", "*/7 * * * *", "0 * * * *", "30 2 * * *", "0,30 2,3 * * *", "15 */2 * * *");
    }

    @Provide
    Arbitrary<List<Integer>> looks() {
        return Arbitraries.integers().between(0, 300).list().ofMaxSize(12);
    }

    private CatchUpRule.Decision decide(CatchUp catchUp, String now) {
        return CatchUpRule.decide(catchUp, hourly, START.plusSeconds(1), Instant.parse(now), 100);
    }
}
