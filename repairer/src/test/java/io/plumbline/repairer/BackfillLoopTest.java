package io.plumbline.repairer;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.config.ExchangeConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BackfillLoopTest {

    @Test
    void shouldPollASecondsWorthOfRequestsWhenTheExchangesAllowBetweenOneAndTheMost() {
        assertThat(BackfillLoop.maxBatch(exchanges(5))).isEqualTo(5);
        assertThat(BackfillLoop.maxBatch(exchanges(5, 2.5))).isEqualTo(8);
        assertThat(BackfillLoop.maxBatch(exchanges(0.1))).isEqualTo(1);
        assertThat(BackfillLoop.maxBatch(exchanges(40, 40))).isEqualTo(50);
    }

    private static Map<String, ExchangeConfig> exchanges(double... perSecond) {
        Map<String, ExchangeConfig> exchanges = new HashMap<>();
        for (int i = 0; i < perSecond.length; i++) {
            exchanges.put(
                    "exchange-" + i,
                    new ExchangeConfig(
                            "coinbase",
                            "http://localhost",
                            null,
                            null,
                            Map.of(),
                            List.of("1m"),
                            perSecond[i],
                            Duration.ofSeconds(1)));
        }
        return exchanges;
    }
}
