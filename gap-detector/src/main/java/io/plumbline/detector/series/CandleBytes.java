package io.plumbline.detector.series;

import io.plumbline.topics.record.Candle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.ByteUtils;

/**
 * A closed candle as few bytes, without its open time: a version, the origin, the sequence, and each number as scale,
 * length and unscaled value. A candle of prices of seven digits takes about 40.
 */
public final class CandleBytes {

    private static final byte VERSION = 1;
    private static final byte LIVE = 0;
    private static final byte BACKFILL = 1;

    private CandleBytes() {}

    public static byte[] of(Candle candle) {
        BigDecimal[] numbers = {candle.open(), candle.high(), candle.low(), candle.close(), candle.volume()};
        byte[][] unscaled = new byte[numbers.length][];
        int size = 2 + ByteUtils.sizeOfVarlong(candle.sequence());
        for (int i = 0; i < numbers.length; i++) {
            unscaled[i] = numbers[i].unscaledValue().toByteArray();
            int length = unscaled[i].length;
            size += ByteUtils.sizeOfVarint(numbers[i].scale()) + ByteUtils.sizeOfVarint(length) + length;
        }
        ByteBuffer bytes = ByteBuffer.allocate(size);
        bytes.put(VERSION).put(candle.origin() == Candle.Origin.LIVE ? LIVE : BACKFILL);
        ByteUtils.writeVarlong(candle.sequence(), bytes);
        for (int i = 0; i < numbers.length; i++) {
            ByteUtils.writeVarint(numbers[i].scale(), bytes);
            ByteUtils.writeVarint(unscaled[i].length, bytes);
            bytes.put(unscaled[i]);
        }
        return bytes.array();
    }

    /** Reads what {@link #of} wrote; throws {@link IllegalArgumentException} for another version. */
    public static Candle read(byte[] written, long openTime) {
        ByteBuffer bytes = ByteBuffer.wrap(written);
        Candle.Origin origin = originAfterVersion(bytes);
        long sequence = ByteUtils.readVarlong(bytes);
        BigDecimal open = number(bytes);
        BigDecimal high = number(bytes);
        BigDecimal low = number(bytes);
        BigDecimal close = number(bytes);
        return new Candle(openTime, open, high, low, close, number(bytes), sequence, origin, true);
    }

    /** The sequence of what {@link #of} wrote. */
    public static long sequenceOf(byte[] written) {
        ByteBuffer bytes = ByteBuffer.wrap(written);
        originAfterVersion(bytes);
        return ByteUtils.readVarlong(bytes);
    }

    private static Candle.Origin originAfterVersion(ByteBuffer bytes) {
        byte version = bytes.get();
        if (version != VERSION) {
            throw new IllegalArgumentException("a held candle of version " + version + "; known is " + VERSION);
        }
        return bytes.get() == LIVE ? Candle.Origin.LIVE : Candle.Origin.BACKFILL;
    }

    private static BigDecimal number(ByteBuffer bytes) {
        int scale = ByteUtils.readVarint(bytes);
        byte[] unscaled = new byte[ByteUtils.readVarint(bytes)];
        bytes.get(unscaled);
        return new BigDecimal(new BigInteger(unscaled), scale);
    }
}
