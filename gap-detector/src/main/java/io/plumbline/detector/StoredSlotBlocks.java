package io.plumbline.detector;

import io.plumbline.detector.series.SlotBlock;
import io.plumbline.detector.series.SlotBlocks;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** One series' blocks in a store, each by its number. */
record StoredSlotBlocks(KeyValueStore<Bytes, byte[]> store, KnownSeries series) implements SlotBlocks {

    @Override
    public @Nullable SlotBlock load(long number) {
        byte[] bytes = store.get(series.key(number));
        return bytes == null ? null : SlotBlock.of(bytes);
    }

    @Override
    public void save(long number, SlotBlock block) {
        store.put(series.key(number), block.toBytes());
    }

    @Override
    public void delete(long number) {
        store.delete(series.key(number));
    }
}
