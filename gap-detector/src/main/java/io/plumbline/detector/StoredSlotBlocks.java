package io.plumbline.detector;

import io.plumbline.detector.series.SlotBlock;
import io.plumbline.detector.series.SlotBlocks;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** One series' blocks in a store whose keys are the series, a zero and the block's number. */
record StoredSlotBlocks(KeyValueStore<Bytes, byte[]> store, String series) implements SlotBlocks {

    @Override
    public @Nullable SlotBlock load(long number) {
        byte[] bytes = store.get(key(number));
        return bytes == null ? null : SlotBlock.of(bytes);
    }

    @Override
    public void save(long number, SlotBlock block) {
        store.put(key(number), block.toBytes());
    }

    @Override
    public void delete(long number) {
        store.delete(key(number));
    }

    private Bytes key(long number) {
        byte[] text = series.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(text.length + 1 + Long.BYTES)
                .put(text)
                .put((byte) 0)
                .putLong(number)
                .array());
    }
}
