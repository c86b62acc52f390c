package io.plumbline.runtime;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * One bound for the memory of all stores of a process. Kafka Streams' own bound is for each store, of which a task has several:
 * up to 98 MB times stores times partitions, outside of the heap.
 *
 * <p>Indexes and filters are held in the same memory. Write buffers are small and grow by small blocks, so that hundreds of stores
 * that are written little do not use it up between them; what is deleted soon after it was written is therefore also soon gone
 * from the disk. What is being read or flushed can exceed the bound for a moment: no read or write fails because of it.
 */
public final class StoreMemory implements RocksDBConfigSetter {

    /** Bytes, of which write buffers take at most {@link #WRITE_BUFFERS}. */
    static final long ALL = 64L << 20;

    static final long WRITE_BUFFERS = 32L << 20;
    static final long WRITE_BUFFER = 2L << 20;

    /** The least that a store takes when it is written to. Left to itself it is an eighth of a write buffer. */
    static final long ARENA_BLOCK = 32L << 10;

    private static final double FOR_INDEXES = 0.1;
    private static final int SHARDS_BY_SIZE = -1;

    static {
        RocksDB.loadLibrary();
    }

    // They live as long as the process: every store that is opened uses them, and none owns them.
    private static final Cache BLOCKS = new LRUCache(ALL, SHARDS_BY_SIZE, false, FOR_INDEXES);
    private static final WriteBufferManager WRITES = new WriteBufferManager(WRITE_BUFFERS, BLOCKS);

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(BLOCKS)
                .setCacheIndexAndFilterBlocks(true)
                .setCacheIndexAndFilterBlocksWithHighPriority(true)
                .setPinTopLevelIndexAndFilter(true);
        options.setTableFormatConfig(table).setWriteBufferManager(WRITES).setWriteBufferSize(WRITE_BUFFER);
    }

    @Override
    public void close(String storeName, Options options) {
        // Nothing of it belongs to the one store.
    }
}
