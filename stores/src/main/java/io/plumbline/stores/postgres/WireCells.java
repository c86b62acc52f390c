package io.plumbline.stores.postgres;

import io.plumbline.stores.mapping.Cells;
import io.plumbline.stores.mapping.SourceType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Reads PostgreSQL's binary values into cells. Formats: the {@code *_send} functions of the types; numeric is groups of
 * four digits with the power of 10,000 of the first; dates and times count from 2000-01-01, their extremes are infinity.
 */
final class WireCells {

    private static final VarHandle INT16 = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT64 = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long EPOCH_MILLIS = 946_684_800_000L;
    private static final long DAY_MILLIS = 86_400_000L;
    private static final String INFINITE = "an infinite date has no counterpart in MongoDB";
    private static final BigInteger GROUP = BigInteger.valueOf(10_000);

    private WireCells() {}

    static int int16(byte[] bytes, int at) {
        return (short) INT16.get(bytes, at);
    }

    static int int32(byte[] bytes, int at) {
        return (int) INT32.get(bytes, at);
    }

    static long int64(byte[] bytes, int at) {
        return (long) INT64.get(bytes, at);
    }

    /** Puts a value that is not null into a cell. Returns why it cannot. */
    static @Nullable String set(Cells cells, int cell, SourceType type, byte[] bytes, int at, int length) {
        switch (type) {
            case INTEGER -> cells.setLong(cell, int64(bytes, at));
            case FLOAT4 -> single(cells, cell, Float.intBitsToFloat(int32(bytes, at)));
            case FLOAT8 -> cells.setDouble(cell, Double.longBitsToDouble(int64(bytes, at)));
            case NUMERIC -> numeric(cells, cell, bytes, at);
            case TEXT, JSON, ARRAY -> cells.setText(cell, bytes, at, length);
            case BOOLEAN -> cells.setBoolean(cell, bytes[at] != 0);
            case UUID -> cells.setUuid(cell, int64(bytes, at), int64(bytes, at + 8));
            case BYTEA -> cells.setBinary(cell, bytes, at, length);
            case DATE -> {
                int days = int32(bytes, at);
                if (days == Integer.MAX_VALUE || days == Integer.MIN_VALUE) {
                    return INFINITE;
                }
                cells.setInstant(cell, EPOCH_MILLIS + days * DAY_MILLIS, 0);
            }
            case TIMESTAMP, TIMESTAMPTZ -> {
                long micros = int64(bytes, at);
                if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
                    return INFINITE;
                }
                cells.setInstant(
                        cell, EPOCH_MILLIS + Math.floorDiv(micros, 1_000L), (int) Math.floorMod(micros, 1_000L));
            }
        }
        return null;
    }

    /** A single is the shortest decimal that reads back as it, as PostgreSQL prints it. */
    private static void single(Cells cells, int cell, float value) {
        cells.setDouble(cell, Double.parseDouble(Float.toString(value)));
    }

    private static void numeric(Cells cells, int cell, byte[] bytes, int at) {
        int groups = int16(bytes, at);
        int sign = int16(bytes, at + 4) & 0xffff;
        if ((sign & 0xc000) == 0xc000) {
            cells.setDouble(
                    cell,
                    sign == 0xd000 ? Double.POSITIVE_INFINITY : sign == 0xf000 ? Double.NEGATIVE_INFINITY : Double.NaN);
            return;
        }
        int scale = 4 * (groups - 1 - int16(bytes, at + 2));
        if (groups <= 4 && scale >= 0) {
            long unscaled = 0;
            for (int i = 0; i < groups; i++) {
                unscaled = unscaled * 10_000 + int16(bytes, at + 8 + 2 * i);
            }
            cells.setDecimal(cell, sign == 0 ? unscaled : -unscaled, scale);
            return;
        }
        BigInteger unscaled = BigInteger.ZERO;
        for (int i = 0; i < groups; i++) {
            unscaled = unscaled.multiply(GROUP).add(BigInteger.valueOf(int16(bytes, at + 8 + 2 * i)));
        }
        cells.setDecimal(cell, new BigDecimal(sign == 0 ? unscaled : unscaled.negate(), scale));
    }
}
