package io.plumbline.topics.record;

/**
 * A series of candles: an exchange, a symbol and a timeframe.
 *
 * @param symbol anything without a colon
 */
public record SeriesKey(String exchange, String symbol, String timeframe) {

    public SeriesKey {
        check("exchange", exchange);
        check("symbol", symbol);
        check("timeframe", timeframe);
    }

    /** Reads what {@link #text()} wrote; throws {@link IllegalArgumentException} for anything else. */
    public static SeriesKey parse(String text) {
        int first = text.indexOf(':');
        int last = text.lastIndexOf(':');
        if (first < 0 || first == last) {
            throw new IllegalArgumentException("'" + text + "' is no series; right is exchange:symbol:timeframe");
        }
        return new SeriesKey(text.substring(0, first), text.substring(first + 1, last), text.substring(last + 1));
    }

    /** {@code exchange:symbol:timeframe}. */
    public String text() {
        return exchange + ":" + symbol + ":" + timeframe;
    }

    private static void check(String part, String value) {
        if (value.isBlank() || value.indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                    "a series' " + part + " is '" + value + "'; right is a text without a colon");
        }
    }
}
