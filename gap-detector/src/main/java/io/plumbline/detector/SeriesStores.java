package io.plumbline.detector;

import io.plumbline.detector.series.SeriesState;
import io.plumbline.detector.series.SlotBlocks;
import java.nio.ByteBuffer;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** What a task keeps of its series: their states, each with its newest block, and the other blocks of their slots. */
final class SeriesStores {

    static final String SERIES = "series";
    static final String BLOCKS = "slot-blocks";

    private final KeyValueStore<String, byte[]> states;
    private final KeyValueStore<Bytes, byte[]> blocks;

    SeriesStores(ProcessorContext<String, Object> context) {
        states = context.getStateStore(SERIES);
        blocks = context.getStateStore(BLOCKS);
    }

    /** Not cached: what is needed again stands decoded in memory, and each series has few candles in a transaction. */
    static Set<StoreBuilder<?>> builders(StoreSuppliers keptIn) {
        return Set.of(
                Stores.keyValueStoreBuilder(keptIn.keyValue(SERIES), Serdes.String(), Serdes.ByteArray()),
                Stores.keyValueStoreBuilder(keptIn.keyValue(BLOCKS), Serdes.Bytes(), Serdes.ByteArray()));
    }

    /** Reads a series out of the stores. */
    KeptSeries load(KnownSeries series) {
        return KeptSeries.of(series, states.get(series.text()), new StoredSlotBlocks(blocks, series));
    }

    /** @param change what {@link KeptSeries#change()} gave */
    void put(KnownSeries series, byte[] change) {
        states.put(series.text(), change);
    }

    /** The blocks of a series that {@link #all()} or {@link #of} gave. */
    SlotBlocks blocks(KnownSeries series, byte[] written) {
        ByteBuffer bytes = ByteBuffer.wrap(written);
        SeriesState unused = SeriesState.read(bytes);
        return HeadedSlotBlocks.read(bytes, new StoredSlotBlocks(blocks, series));
    }

    /** All series with what {@link SeriesState#of} reads, in the order of their names as bytes. */
    KeyValueIterator<String, byte[]> all() {
        return states.all();
    }

    /** An exchange's series in that order, from that name on. */
    KeyValueIterator<String, byte[]> of(String exchange, String from) {
        // A name goes on with a colon behind its exchange, and the semicolon is the next sign.
        return states.range(from, exchange + ";");
    }
}
