package io.plumbline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetersTest {

    private static final String SCRAPED = """
            # TYPE plumbline_work_commands_total counter
            plumbline_work_commands_total{dataset="a",status="DONE"} 3.0
            plumbline_work_commands_total{dataset="b",status="DONE"} 4.0
            plumbline_work_commands_total{dataset="a",status="FAILED"} 5.0
            plumbline_work_commands_total_other 6.0
            """;

    @Test
    void shouldAddTheSamplesThatHaveTheLabel() {
        assertThat(Meters.sum(SCRAPED, "plumbline_work_commands_total", "status=\"DONE\""))
                .isEqualTo(7);
    }

    @Test
    void shouldTakeNoOtherMeterOfALongerName() {
        assertThat(Meters.sum(SCRAPED, "plumbline_work_commands_total")).isEqualTo(12);
    }
}
