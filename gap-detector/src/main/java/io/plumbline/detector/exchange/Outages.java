package io.plumbline.detector.exchange;

import io.plumbline.topics.record.SlotRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The outages of a task's exchanges, each counted once by a run however many gaps it made. Kept for a day behind the newest. */
final class Outages {

    private static final long KEPT_MINUTES = Duration.ofDays(1).toMinutes();

    private final KeyValueStore<String, Outage> store;

    Outages(KeyValueStore<String, Outage> store) {
        this.store = store;
    }

    /** Whether a gap that reaches over these minutes was an outage that its run has not counted; from now on it has. */
    boolean isNew(String exchange, SlotRange minutes, String run) {
        List<Outage> parts = new ArrayList<>();
        try (KeyValueIterator<String, Outage> known = store.prefixScan(exchange + "/", new StringSerializer())) {
            known.forEachRemaining(entry -> {
                Outage outage = entry.value;
                if (outage.touches(minutes)) {
                    parts.add(outage);
                    store.delete(entry.key);
                } else if (outage.minutes().last() < minutes.first() - KEPT_MINUTES) {
                    store.delete(entry.key);
                }
            });
        }
        boolean counted = parts.stream().anyMatch(part -> part.runs().contains(run));
        Outage whole = Outage.of(minutes, parts, run);
        store.put("%s/%016d".formatted(exchange, whole.minutes().first()), whole);
        return !counted;
    }
}
