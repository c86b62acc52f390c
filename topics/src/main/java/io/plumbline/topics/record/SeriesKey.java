package io.plumbline.topics.record;

/** A candle series: what an exchange says of one symbol in one timeframe. Only a symbol may hold a colon. */
public record SeriesKey(String exchange, String symbol, String timeframe) {

    /** The key on the wire. */
    public String text() {
        return exchange + ":" + symbol + ":" + timeframe;
    }

    /** Reads {@link #text()}; throws {@link IllegalArgumentException} where it is none. */
    public static SeriesKey parse(String text) {
        int first = text.indexOf(':');
        int last = text.lastIndexOf(':');
        if (first <= 0 || last <= first + 1 || last == text.length() - 1) {
            throw new IllegalArgumentException("'" + text + "' is no exchange:symbol:timeframe");
        }
        return new SeriesKey(text.substring(0, first), text.substring(first + 1, last), text.substring(last + 1));
    }

    @Override
    public String toString() {
        return text();
    }
}
