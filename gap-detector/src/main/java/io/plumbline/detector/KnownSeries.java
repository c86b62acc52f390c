package io.plumbline.detector;

import io.plumbline.detector.series.SeriesRules;
import io.plumbline.topics.config.CandlesConfig;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.Timeframe;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A series of a task in memory: what its name says, how it is judged, and, where it was judged of late, the series itself.
 */
final class KnownSeries {

    private final SeriesKey key;
    private final SeriesRules rules;
    private final String text;
    private final byte[] name;

    /** The decoded series, where it is at hand. */
    @Nullable
    KeptSeries kept;

    /** Whether it stands in {@link OverdueSeries}. */
    boolean isWatched;

    private KnownSeries(SeriesKey key, SeriesRules rules, String text) {
        this.key = key;
        this.rules = rules;
        this.text = text;
        this.name = text.getBytes(StandardCharsets.UTF_8);
    }

    /** Throws {@link IllegalArgumentException} with what would be right where the text names no series. */
    static KnownSeries of(String text, CandlesConfig candles) {
        SeriesKey key = SeriesKey.parse(text);
        Timeframe timeframe = Timeframe.parse(key.timeframe());
        SeriesRules rules = new SeriesRules(timeframe, candles.latenessOf(timeframe.name()), candles.retention());
        return new KnownSeries(key, rules, text);
    }

    SeriesKey key() {
        return key;
    }

    SeriesRules rules() {
        return rules;
    }

    /** Its name. */
    String text() {
        return text;
    }

    /** The key of one of its entries in a store: its name, a zero and a number. */
    Bytes key(long number) {
        return Bytes.wrap(ByteBuffer.allocate(name.length + 1 + Long.BYTES)
                .put(name)
                .put((byte) 0)
                .putLong(number)
                .array());
    }
}
