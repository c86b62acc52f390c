package io.plumbline.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

class StoreMemoryTest {

    private static final int STORES = 20;
    private static final int MANY = 100;
    private static final int ENTRIES = 20_000;
    private static final byte[] VALUE = new byte[200];
    private static final long SLACK = 8L << 20;

    private final StoreMemory memory = new StoreMemory();
    private final List<Options> options = new ArrayList<>();
    private final List<RocksDB> stores = new ArrayList<>();

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        stores.forEach(RocksDB::close);
        options.forEach(Options::close);
    }

    @Test
    void shouldKeepToOneBoundWhenManyStoresAreWrittenAndRead() throws RocksDBException {
        for (int i = 0; i < STORES; i++) {
            stores.add(open("store-" + i));
        }
        assertThat(STORES * ENTRIES * (long) VALUE.length).isGreaterThan(StoreMemory.ALL);

        long writeBuffers = 0;
        long blocks = 0;
        for (int entry = 0; entry < ENTRIES; entry++) {
            for (RocksDB store : stores) {
                store.put(key(entry), VALUE);
            }
            if (entry % 1_000 == 0) {
                writeBuffers = Math.max(writeBuffers, sum("rocksdb.cur-size-all-mem-tables"));
            }
        }
        for (int entry = 0; entry < ENTRIES; entry++) {
            for (RocksDB store : stores) {
                assertThat(store.get(key(entry))).isEqualTo(VALUE);
            }
            if (entry % 1_000 == 0) {
                blocks = Math.max(blocks, stores.getFirst().getLongProperty("rocksdb.block-cache-usage"));
            }
        }

        assertThat(writeBuffers).isBetween(1L, StoreMemory.WRITE_BUFFERS + SLACK);
        assertThat(blocks).isBetween(StoreMemory.ALL / 2, StoreMemory.ALL + SLACK);
    }

    @Test
    void shouldLeaveMostOfTheWriteBuffersFreeWhenMostStoresAreHardlyWritten() throws RocksDBException {
        for (int i = 0; i < MANY; i++) {
            stores.add(open("idle-" + i));
            stores.getLast().put(key(i), VALUE);
        }

        assertThat(sum("rocksdb.cur-size-all-mem-tables")).isBetween(1L, StoreMemory.WRITE_BUFFERS / 2);
    }

    private long sum(String property) throws RocksDBException {
        long sum = 0;
        for (RocksDB store : stores) {
            sum += store.getLongProperty(property);
        }
        return sum;
    }

    /** With the options that matter here as Kafka Streams has them before it asks for others. */
    private RocksDB open(String name) throws RocksDBException {
        Options opened = new Options()
                .setCreateIfMissing(true)
                .setTableFormatConfig(new BlockBasedTableConfig())
                .setWriteBufferSize(16L << 20)
                .setMaxWriteBufferNumber(3);
        options.add(opened);
        memory.setConfig(name, opened, Map.of());
        return RocksDB.open(opened, directory.resolve(name).toString());
    }

    private static byte[] key(int entry) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(entry).array();
    }
}
