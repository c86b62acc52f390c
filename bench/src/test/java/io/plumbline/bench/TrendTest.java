package io.plumbline.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.DoubleStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TrendTest {

    @Test
    void shouldLevelOffWhenOnlyTheFirstThirdGrows() {
        Trend trend = Trend.of(samples(10, 50, 90, 100, 100, 100, 101, 101, 101), 0.3);

        assertThat(trend.levelsOff(0)).isTrue();
        assertThat(trend.first()).isEqualTo(10);
    }

    @Test
    void shouldLevelOffWhenItGoesUpAndComesDownAgain() {
        assertThat(Trend.of(samples(1, 1, 1, 1, 9, 1, 9, 9, 1), 0.3).levelsOff(0))
                .isTrue();
    }

    @Test
    void shouldNotLevelOffWhenItComesDownLessEachTime() {
        assertThat(Trend.of(samples(9, 1, 9, 9, 2, 9, 9, 3, 9), 0.3).levelsOff(0))
                .isFalse();
    }

    @Test
    void shouldNotLevelOffWhenTheLastThirdGrowsOn() {
        Trend trend = Trend.of(samples(100, 100, 100, 110, 110, 110, 120, 120, 120), 0.3);

        assertThat(trend.levelsOff(9)).isFalse();
        assertThat(trend.growthPerHour()).isCloseTo(100, Offset.offset(1e-6));
    }

    @Test
    void shouldTakeWhatIsWithinTheSlackForNoise() {
        assertThat(Trend.of(samples(1, 2, 4), 1).levelsOff(2)).isTrue();
    }

    @Test
    void shouldSayHowManySamplesATrendNeeds() {
        assertThatThrownBy(() -> Trend.of(samples(1, 2), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("three samples", "2");
    }

    private static List<Double> samples(double... values) {
        return DoubleStream.of(values).boxed().toList();
    }
}
