package io.plumbline.detector.scan;

/**
 * Where the plan of a cache scan goes on.
 *
 * @param series the first one that was not planned to its end
 * @param slot its first slot that was not planned
 */
public record ScanCursor(String series, long slot) {

    private static final char BETWEEN = '@';

    /** Reads what {@link #text()} wrote; throws {@link IllegalArgumentException} for anything else. */
    public static ScanCursor parse(String text) {
        int between = text.indexOf(BETWEEN);
        if (between < 0) {
            throw new IllegalArgumentException("'" + text + "' is no cursor; right is slot@series");
        }
        return new ScanCursor(text.substring(between + 1), Long.parseLong(text.substring(0, between)));
    }

    public String text() {
        return slot + String.valueOf(BETWEEN) + series;
    }
}
