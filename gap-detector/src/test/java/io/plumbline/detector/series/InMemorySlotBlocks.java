package io.plumbline.detector.series;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keeps blocks as the bytes that a store would keep. */
public final class InMemorySlotBlocks implements SlotBlocks {

    private final SortedMap<Long, byte[]> bytes = new TreeMap<>();

    @Override
    public @Nullable SlotBlock load(long number) {
        byte[] written = bytes.get(number);
        return written == null ? null : SlotBlock.of(written);
    }

    @Override
    public void save(long number, SlotBlock block) {
        bytes.put(number, block.toBytes());
    }

    @Override
    public void delete(long number) {
        bytes.remove(number);
    }

    SortedMap<Long, byte[]> bytes() {
        return bytes;
    }
}
