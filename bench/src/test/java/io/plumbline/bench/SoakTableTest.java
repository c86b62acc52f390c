package io.plumbline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SoakTableTest {

    private static final Trend STEADY = new Trend(10, 100, 100, 0.1);
    private static final Trend RISING = new Trend(10, 100, 200, 0.1);

    private final SoakTable table = new SoakTable();

    @Test
    void shouldNameWhatDoesNotLevelOff() {
        table.add("ticker", Map.of(Quantity.HEAP, RISING, Quantity.THREADS, STEADY));

        assertThat(table.growing()).containsExactly("ticker heap");
    }

    @Test
    void shouldNotJudgeWhatIsOnlyTold() {
        table.add("ticker", Map.of(Quantity.RESIDENT, RISING));

        assertThat(table.growing()).isEmpty();
    }
}
