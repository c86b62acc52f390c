package io.plumbline.reconciler.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class DueIndexTest {

    private static final Comparator<DueIndex.Entry> ORDER =
            Comparator.comparingLong(DueIndex.Entry::due).thenComparing(DueIndex.Entry::entity);

    @Test
    void shouldGiveWhatIsDueInOrderAndOnlyOnce() {
        DueIndex index = new DueIndex(store());
        index.put(300, "d/c");
        index.put(100, "d/a");
        index.put(200, "d/ü");

        assertThat(index.takeUpTo(250, 10))
                .containsExactly(new DueIndex.Entry(100, "d/a"), new DueIndex.Entry(200, "d/ü"));
        assertThat(index.takeUpTo(250, 10)).isEmpty();
        assertThat(index.earliest()).isEqualTo(300);
    }

    @Test
    void shouldLeaveTheRestForTheNextTimeWhenMoreIsDueThanTakenAtOnce() {
        DueIndex index = new DueIndex(store());
        index.put(100, "d/a");
        index.put(100, "d/b");

        assertThat(index.takeUpTo(100, 1)).hasSize(1);
        assertThat(index.earliest()).isEqualTo(100);
        assertThat(index.takeUpTo(100, 1)).hasSize(1);
        assertThat(index.earliest()).isEqualTo(Long.MAX_VALUE);
    }

    @Property(tries = 200)
    void shouldAgreeWithASortedSet(@ForAll long seed) {
        Random random = new Random(seed);
        DueIndex index = new DueIndex(store());
        TreeSet<DueIndex.Entry> oracle = new TreeSet<>(ORDER);
        for (int i = 0; i < 200; i++) {
            DueIndex.Entry entry = new DueIndex.Entry(random.nextLong(500), "d/" + random.nextInt(5));
            switch (random.nextInt(4)) {
                case 0 -> {
                    index.remove(entry.due(), entry.entity());
                    oracle.remove(entry);
                }
                case 1 -> {
                    int limit = 1 + random.nextInt(5);
                    assertThat(index.takeUpTo(entry.due(), limit)).isEqualTo(take(oracle, entry.due(), limit));
                }
                default -> {
                    index.put(entry.due(), entry.entity());
                    oracle.add(entry);
                }
            }
            long earliest = oracle.isEmpty() ? Long.MAX_VALUE : oracle.first().due();
            assertThat(index.earliest()).as("a lower bound").isLessThanOrEqualTo(earliest);
        }
    }

    private static List<DueIndex.Entry> take(NavigableSet<DueIndex.Entry> oracle, long at, int limit) {
        List<DueIndex.Entry> taken = new ArrayList<>();
        while (!oracle.isEmpty() && oracle.first().due() <= at && taken.size() < limit) {
            taken.add(Objects.requireNonNull(oracle.pollFirst()));
        }
        return taken;
    }

    private static KeyValueStore<Bytes, byte[]> store() {
        KeyValueStore<Bytes, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore("due"), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
        store.init(context.getStateStoreContext(), store);
        return store;
    }
}
