package io.plumbline.stores;

import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.Timeframe;
import java.time.Instant;
import java.util.List;

/**
 * An exchange that can be asked for the candles of the past. An implementation that is named in the configuration by its
 * class has a public constructor {@code (String name, ExchangeConfig config, Clock clock)}.
 */
public interface CandleExchange extends AutoCloseable {

    /** The timeframes it has, shortest first. */
    List<Timeframe> timeframes();

    /** The slots that one request may ask for, at most. */
    int slotsPerRequest();

    /**
     * Asks, in exactly one request, for the candles of the slots {@code first} to {@code last}, both included; at most
     * {@link #slotsPerRequest()} of them. Never waits for a better time.
     */
    Answer fetch(SeriesKey series, long first, long last);

    @Override
    void close();

    /** What an exchange answers. */
    sealed interface Answer {

        /**
         * The candles of the slots asked for that have any, oldest first; slots without trades have none. One whose slot
         * had not ended when it was asked for is not closed.
         */
        record Candles(List<Candle> candles) implements Answer {}

        /** Too much was asked: nothing more before then. */
        record Throttled(Instant until, String reason) implements Answer {}

        /** It cannot be reached, is too slow, or is broken for now: ask again. */
        record Unavailable(String reason) implements Answer {}

        /** It is there and does not answer this, or not in a form that can be read: asking again is no help. */
        record Refused(String reason) implements Answer {}
    }
}
