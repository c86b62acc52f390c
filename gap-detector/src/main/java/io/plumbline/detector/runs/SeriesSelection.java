package io.plumbline.detector.runs;

import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.Timeframe;
import java.util.ArrayList;
import java.util.List;

/**
 * Which series of an exchange a trigger's {@code keys} mean: all of a symbol, or one of its timeframes. A symbol may
 * itself contain a slash ({@code BTC/EUR/1m}), written as such or percent-encoded, as reports show it.
 */
record SeriesSelection(String symbol, List<String> timeframe) {

    /** Reads {@code symbol} or {@code symbol/timeframe}; throws {@link IllegalArgumentException} for anything else. */
    static SeriesSelection parse(String exchange, String text) {
        List<String> parts = EntityKey.parse(exchange, text).parts();
        boolean named = parts.size() > 1 && isTimeframe(parts.getLast());
        List<String> ofSymbol = named ? parts.subList(0, parts.size() - 1) : parts;
        String symbol = String.join("/", ofSymbol);
        if (symbol.isBlank() || symbol.indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                    "key '%s' names no series; right is a symbol, or symbol/timeframe such as BTC/EUR/1m"
                            .formatted(text));
        }
        return new SeriesSelection(symbol, named ? List.of(parts.getLast()) : List.of());
    }

    EntityKey key(String exchange) {
        List<String> parts = new ArrayList<>();
        parts.add(symbol);
        parts.addAll(timeframe);
        return new EntityKey(exchange, parts);
    }

    /** A selection's key as the plan of a scan has it. */
    static String text(EntityKey key) {
        return String.join("/", key.parts());
    }

    private static boolean isTimeframe(String text) {
        try {
            return !Timeframe.parse(text).length().isZero();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
