package io.plumbline.detector;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.WindowBytesStoreSupplier;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.internals.InMemoryWindowStore;
import org.jspecify.annotations.Nullable;

/** Makes window stores that begin with what a changelog holds, which the test driver does not restore. */
final class RestoredWindowStore implements WindowBytesStoreSupplier {

    private static final int TIME_AND_NUMBER = Long.BYTES + Integer.BYTES;

    private final String name;
    private final Duration retention;
    private final Map<Bytes, byte[]> changelog = new TreeMap<>();

    RestoredWindowStore(String name, Duration retention) {
        this.name = name;
        this.retention = retention;
    }

    /** Takes a record of the changelog; one without a value deletes. */
    void change(Bytes key, byte @Nullable [] value) {
        if (value == null) {
            changelog.remove(key);
        } else {
            changelog.put(key, value);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public WindowStore<Bytes, byte[]> get() {
        return new InMemoryWindowStore(name, retention.toMillis(), windowSize(), retainDuplicates(), metricsScope()) {
            @Override
            public void init(StateStoreContext context, StateStore root) {
                super.init(context, root);
                changelog.forEach((key, value) -> put(keyOf(key.get()), value, timeOf(key.get())));
            }
        };
    }

    @Override
    public String metricsScope() {
        return "in-memory-window";
    }

    @Override
    public long segmentIntervalMs() {
        return Math.max(retention.toMillis() / 2, 60_000);
    }

    @Override
    public long windowSize() {
        return 1;
    }

    @Override
    public boolean retainDuplicates() {
        return false;
    }

    @Override
    public long retentionPeriod() {
        return retention.toMillis();
    }

    private static Bytes keyOf(byte[] stored) {
        return Bytes.wrap(Arrays.copyOf(stored, stored.length - TIME_AND_NUMBER));
    }

    private static long timeOf(byte[] stored) {
        return ByteBuffer.wrap(stored).getLong(stored.length - TIME_AND_NUMBER);
    }
}
