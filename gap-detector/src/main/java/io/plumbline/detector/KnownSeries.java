package io.plumbline.detector;

import io.plumbline.detector.series.SeriesRules;
import io.plumbline.topics.config.CandlesConfig;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.Timeframe;

/** What a series' name says, and how it is judged. */
record KnownSeries(SeriesKey key, SeriesRules rules) {

    /** Throws {@link IllegalArgumentException} with what would be right where the text names no series. */
    static KnownSeries of(String text, CandlesConfig candles) {
        SeriesKey key = SeriesKey.parse(text);
        Timeframe timeframe = Timeframe.parse(key.timeframe());
        return new KnownSeries(
                key, new SeriesRules(timeframe, candles.latenessOf(timeframe.name()), candles.retention()));
    }
}
