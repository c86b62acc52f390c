package io.plumbline.stores.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.plumbline.stores.CandleExchange.Answer;
import io.plumbline.topics.json.Json;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.Candle.Origin;
import io.plumbline.topics.record.Timeframe;
import java.math.BigDecimal;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of an answer: {@code [time, low, high, open, close, volume]}, time in seconds, newest first. Prices are
 * kept digit by digit. What is in the wrong place is refused, since it would be written into a cache: a time that is not
 * a slot's, two rows of one slot that differ, a low above the high.
 */
final class CoinbaseCandles {

    private static final int COLUMNS = 6;
    private static final int EXCERPT = 200;

    private final Timeframe timeframe;
    private final long from;
    private final long to;
    private final long askedAt;

    /** @param askedAt a slot that ended after it is still open */
    CoinbaseCandles(Timeframe timeframe, long first, long last, long askedAt) {
        this.timeframe = timeframe;
        this.from = timeframe.openTimeOf(first);
        this.to = timeframe.openTimeOf(last);
        this.askedAt = askedAt;
    }

    Answer read(String body) {
        try {
            @Nullable BigDecimal @Nullable [] @Nullable [] rows = Json.MAPPER.readValue(body, BigDecimal[][].class);
            if (rows == null) {
                return malformed("it is null", body);
            }
            NavigableMap<Long, Candle> candles = new TreeMap<>();
            for (@Nullable BigDecimal @Nullable [] row : rows) {
                String problem = add(candles, row);
                if (problem != null) {
                    return malformed(problem, body);
                }
            }
            // The exchange may begin earlier than asked.
            return new Answer.Candles(
                    List.copyOf(candles.subMap(from, true, to, true).values()));
        } catch (JsonProcessingException e) {
            return malformed(e.getOriginalMessage(), body);
        }
    }

    private @Nullable String add(NavigableMap<Long, Candle> candles, @Nullable BigDecimal @Nullable [] row) {
        if (row == null || row.length < COLUMNS) {
            return "a row has fewer than " + COLUMNS + " numbers";
        }
        BigDecimal[] numbers = new BigDecimal[COLUMNS];
        for (int i = 0; i < COLUMNS; i++) {
            BigDecimal number = row[i];
            if (number == null) {
                return "a row has null for a number";
            }
            numbers[i] = number;
        }
        return keep(candles, numbers);
    }

    private @Nullable String keep(NavigableMap<Long, Candle> candles, BigDecimal[] row) {
        long openTime;
        try {
            openTime = Math.multiplyExact(row[0].longValueExact(), 1_000L);
        } catch (ArithmeticException e) {
            return "a row's time is " + row[0];
        }
        if (!timeframe.isAligned(openTime)) {
            return "a row opens at " + openTime + ", which is no slot of " + timeframe.name();
        }
        if (row[1].compareTo(row[2]) > 0) {
            return "a row's low is above its high";
        }
        boolean closed = openTime + timeframe.lengthMs() <= askedAt;
        Candle candle = new Candle(openTime, row[3], row[2], row[1], row[4], row[5], 0, Origin.BACKFILL, closed);
        Candle other = candles.put(openTime, candle);
        return other == null || other.equals(candle) ? null : "two rows open at " + openTime + " and differ";
    }

    private static Answer malformed(String problem, String body) {
        return new Answer.Refused("its answer cannot be read (" + problem + "): " + excerpt(body));
    }

    /** The beginning of a body, on one line. */
    static String excerpt(String body) {
        String line = body.strip().replaceAll("\\s+", " ");
        return line.length() <= EXCERPT ? line : line.substring(0, EXCERPT) + "...";
    }
}
