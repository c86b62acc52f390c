package io.plumbline.reconciler.feed;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.runtime.config.ConfigException;
import io.plumbline.runtime.config.ConfigFile;
import io.plumbline.topics.config.PlumblineConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FeedConfigTest {

    @Test
    void shouldSayWhatIsMissingWhenThereIsNoDatabaseToFeedFrom() {
        PlumblineConfig candlesOnly = ConfigFile.parse("""
                kafka: { bootstrap-servers: "127.0.0.1:9092" }
                redis: { nodes: ["127.0.0.1:6379"] }
                exchanges:
                  coinbase: { adapter: coinbase, base-url: "http://127.0.0.1", timeframes: [1m] }
                """, Map.of());

        assertThatThrownBy(() -> FeedConfig.of(candlesOnly))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("postgres: is not configured");
    }
}
