package io.plumbline.repairer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RequestBudgetTest {

    private static final Instant START = Instant.parse("2026-03-02T12:00:00Z");

    @Test
    void shouldBeginEmptyAndTellFromWhenOnThereIsOne() {
        RequestBudget budget = new RequestBudget(5, START);

        assertThat(budget.take(START)).contains(START.plusMillis(200));
        assertThat(budget.take(START.plusMillis(200))).isEmpty();
        assertThat(budget.take(START.plusMillis(399))).contains(START.plusMillis(400));
        assertThat(budget.take(START.plusSeconds(10))).isEmpty();
        assertThat(budget.take(START.plusSeconds(10))).contains(START.plusMillis(10_200));
    }

    @Test
    void shouldCatchUpWhenItWasALittleLateAndNeverBeyondASecondsWorth() {
        RequestBudget budget = new RequestBudget(5, START);
        for (int i = 1; i <= 3; i++) {
            assertThat(budget.take(START.plusMillis(200L * i))).isEmpty();
        }

        assertThat(budget.take(START.plusMillis(1_050))).isEmpty();
        assertThat(budget.take(START.plusMillis(1_050))).isEmpty();

        assertThat(budget.take(START.plusMillis(1_050))).contains(START.plusMillis(1_210));
        assertThat(budget.take(START.plusMillis(1_210))).isEmpty();
        assertThat(budget.take(START.plusMillis(1_210))).contains(START.plusMillis(1_410));
    }

    @Test
    void shouldPauseWhenTheExchangeSaysSo() {
        RequestBudget budget = new RequestBudget(0.5, START);

        budget.pauseUntil(START.plusSeconds(60));
        budget.pauseUntil(START.plusSeconds(30));

        assertThat(budget.take(START.plusSeconds(59))).contains(START.plusSeconds(60));
        assertThat(budget.take(START.plusSeconds(60))).isEmpty();
    }

    @Test
    void shouldBeginWithoutAnyWhenItIsTakenOver() {
        RequestBudget budget = new RequestBudget(5, START);

        budget.takeOver(START.plusSeconds(60));

        assertThat(budget.take(START.plusSeconds(60))).contains(START.plusMillis(60_200));
    }

    @Property(tries = 200)
    void shouldAllowNoMoreThanTheRateWithinAnySecondAndAllOfItToThePatient(
            @ForAll @IntRange(min = 1, max = 50) int perSecond, @ForAll long seed) {
        RequestBudget budget = new RequestBudget(perSecond, START);
        Random random = new Random(seed);
        List<Instant> taken = new ArrayList<>();
        Instant now = START;
        while (taken.size() < 3 * perSecond) {
            Optional<Instant> later = budget.take(now);
            if (later.isEmpty()) {
                taken.add(now);
                now = random.nextInt(20) == 0
                        ? now.plusMillis(random.nextInt(2_000))
                        : now.plusMillis(random.nextInt(3));
            } else {
                now = later.get();
            }
        }

        for (int i = perSecond; i < taken.size(); i++) {
            assertThat(taken.get(i)).isAfterOrEqualTo(taken.get(i - perSecond).plusSeconds(1));
        }
    }
}
