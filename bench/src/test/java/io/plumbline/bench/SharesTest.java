package io.plumbline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SharesTest {

    @Test
    void shouldTellTheSpreadInPercentOfTheMean() {
        assertThat(new Shares("segments", List.of(9.0, 11.0), 20).spread()).isEqualTo(20);
    }

    @Test
    void shouldTellWhatWasDoneTwice() {
        assertThat(new Shares("segments", List.of(9.0, 11.0), 18).twice()).isEqualTo(2);
    }

    @Test
    void shouldTellOnlyWhatCameSinceAnEarlierReading() {
        Shares earlier = new Shares("segments", List.of(5.0, 5.0), 0);

        assertThat(new Shares("segments", List.of(8.0, 9.0), 7).since(earlier))
                .isEqualTo(new Shares("segments", List.of(3.0, 4.0), 7));
    }
}
