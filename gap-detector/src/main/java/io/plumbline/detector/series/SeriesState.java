package io.plumbline.detector.series;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a series beside its slots.
 *
 * @param span which slots are judged; {@code null} before the first closed candle
 * @param mislabelled whether its last candle did not open where a slot does
 */
public record SeriesState(@Nullable Span span, boolean mislabelled) {

    /** A series of which nothing is known. */
    public static final SeriesState NEW = new SeriesState(null, false);

    private static final byte VERSION = 1;

    /**
     * The judged slots: {@code first} to {@code settled}, without the latter.
     *
     * @param first the oldest slot seen
     * @param settled up to here every slot is present, missing or verified empty
     * @param time the latest time that a candle or a marker proved, in milliseconds since the epoch
     * @param gap the first slot of the gap that ends at {@code settled}; {@code settled} itself where none does
     * @param oldestBlock blocks below are forgotten
     */
    public record Span(long first, long settled, long time, long gap, long oldestBlock) {}

    public byte[] toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(span == null ? 3 : 3 + 5 * Long.BYTES);
        bytes.put(VERSION).put((byte) (mislabelled ? 1 : 0)).put((byte) (span == null ? 0 : 1));
        if (span != null) {
            bytes.putLong(span.first).putLong(span.settled).putLong(span.time);
            bytes.putLong(span.gap).putLong(span.oldestBlock);
        }
        return bytes.array();
    }

    /** Reads what {@link #toBytes()} wrote; throws {@link IllegalArgumentException} for another version. */
    public static SeriesState of(byte[] written) {
        return read(ByteBuffer.wrap(written));
    }

    /** The same out of bytes that go on behind it. */
    public static SeriesState read(ByteBuffer bytes) {
        byte version = bytes.get();
        if (version != VERSION) {
            throw new IllegalArgumentException("a series' state of version " + version + "; known is " + VERSION);
        }
        boolean mislabelled = bytes.get() == 1;
        if (bytes.get() == 0) {
            return new SeriesState(null, mislabelled);
        }
        Span span = new Span(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
        return new SeriesState(span, mislabelled);
    }
}
