package io.plumbline.topics.config;

import java.time.Duration;
import java.util.Map;

/**
 * How series of candles are judged, the cache is scanned for them, and gaps are filled.
 *
 * @param lateness how long after the end of its slot a candle may come, for timeframes not named below
 * @param latenessByTimeframe the same for single timeframes, by name
 * @param retention how far back slots are known
 * @param hold how long after the end of their slot closed candles are held, to fill the cache from
 */
public record CandlesConfig(
        Duration lateness,
        Map<String, Duration> latenessByTimeframe,
        Duration retention,
        Duration hold,
        BackfillConfig backfill,
        CacheScanConfig scan) {

    /** How late a candle of that timeframe may come. */
    public Duration latenessOf(String timeframe) {
        return latenessByTimeframe.getOrDefault(timeframe, lateness);
    }
}
