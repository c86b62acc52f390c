package io.plumbline.detector.series;

import java.nio.ByteBuffer;
import java.util.BitSet;

/**
 * What is known about {@link #SLOTS} consecutive slots: a bitmap for each state that is not unknown.
 *
 * <p>As bytes: a version, then for each bitmap the number of its runs and each run's start and length, or
 * {@link #DENSE} and the bits where that is shorter. A block without gaps takes 8 bytes, one of no pattern at most 388.
 */
public final class SlotBlock {

    public static final int SLOTS = 1_024;

    private static final byte VERSION = 1;
    private static final int DENSE = 255;
    private static final int DENSE_BYTES = SLOTS / 8;
    private static final int RUN_BYTES = 4;

    private static final SlotState[] PLANES = {SlotState.PRESENT, SlotState.MISSING, SlotState.VERIFIED_EMPTY};

    // They grow: most blocks have nothing but present slots.
    private final BitSet[] bits = {new BitSet(0), new BitSet(0), new BitSet(0)};

    /** The number of the block that a slot is in. */
    public static long numberOf(long slot) {
        return Math.floorDiv(slot, SLOTS);
    }

    /** Where in its block a slot is. */
    public static int indexOf(long slot) {
        return Math.floorMod(slot, SLOTS);
    }

    public SlotState get(int index) {
        for (int plane = 0; plane < PLANES.length; plane++) {
            if (bits[plane].get(index)) {
                return PLANES[plane];
            }
        }
        return SlotState.UNKNOWN;
    }

    public void set(int index, SlotState state) {
        for (int plane = 0; plane < PLANES.length; plane++) {
            bits[plane].set(index, PLANES[plane] == state);
        }
    }

    public int count(SlotState state) {
        for (int plane = 0; plane < PLANES.length; plane++) {
            if (PLANES[plane] == state) {
                return bits[plane].cardinality();
            }
        }
        return SLOTS - count(SlotState.PRESENT) - count(SlotState.MISSING) - count(SlotState.VERIFIED_EMPTY);
    }

    public byte[] toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(1 + PLANES.length * (1 + DENSE_BYTES));
        bytes.put(VERSION);
        for (BitSet plane : bits) {
            write(plane, bytes);
        }
        byte[] written = new byte[bytes.position()];
        bytes.flip().get(written);
        return written;
    }

    /** Reads what {@link #toBytes()} wrote; throws {@link IllegalArgumentException} for another version. */
    public static SlotBlock of(byte[] written) {
        return read(ByteBuffer.wrap(written));
    }

    /** The same out of bytes that it ends. */
    public static SlotBlock read(ByteBuffer bytes) {
        byte version = bytes.get();
        if (version != VERSION) {
            throw new IllegalArgumentException("a slot block of version " + version + "; known is " + VERSION);
        }
        SlotBlock block = new SlotBlock();
        for (BitSet plane : block.bits) {
            read(plane, bytes);
        }
        return block;
    }

    private static void write(BitSet plane, ByteBuffer bytes) {
        int countAt = bytes.position();
        bytes.put((byte) 0);
        int runs = 0;
        for (int start = plane.nextSetBit(0); start >= 0; runs++) {
            if ((runs + 1) * RUN_BYTES > DENSE_BYTES) {
                bytes.position(countAt);
                writeDense(plane, bytes);
                return;
            }
            int end = plane.nextClearBit(start);
            bytes.putShort((short) start).putShort((short) (end - start));
            start = plane.nextSetBit(end);
        }
        bytes.put(countAt, (byte) runs);
    }

    private static void writeDense(BitSet plane, ByteBuffer bytes) {
        bytes.put((byte) DENSE);
        byte[] dense = new byte[DENSE_BYTES];
        byte[] set = plane.toByteArray();
        System.arraycopy(set, 0, dense, 0, set.length);
        bytes.put(dense);
    }

    private static void read(BitSet plane, ByteBuffer bytes) {
        int runs = Byte.toUnsignedInt(bytes.get());
        if (runs == DENSE) {
            byte[] dense = new byte[DENSE_BYTES];
            bytes.get(dense);
            plane.or(BitSet.valueOf(dense));
            return;
        }
        for (int run = 0; run < runs; run++) {
            int start = bytes.getShort();
            plane.set(start, start + bytes.getShort());
        }
    }
}
