package io.plumbline.topics.config;

import java.time.Duration;
import java.util.Map;

/**
 * How series of candles are judged.
 *
 * @param lateness how long after the end of its slot a candle may come, for timeframes not named below
 * @param latenessByTimeframe the same for single timeframes, by name
 * @param retention how far back slots are known
 */
public record CandlesConfig(Duration lateness, Map<String, Duration> latenessByTimeframe, Duration retention) {

    /** How late a candle of that timeframe may come. */
    public Duration latenessOf(String timeframe) {
        return latenessByTimeframe.getOrDefault(timeframe, lateness);
    }
}
