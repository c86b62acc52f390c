package io.plumbline.detector.exchange;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The open gaps of a task's exchanges by id; in memory also by when their run gives up. */
final class GapTable {

    private record Deadline(long at, String id) {}

    private final KeyValueStore<String, OpenGap> store;
    private final ExchangeMeters meters;
    private final TreeSet<Deadline> deadlines =
            new TreeSet<>(Comparator.comparingLong(Deadline::at).thenComparing(Deadline::id));

    GapTable(KeyValueStore<String, OpenGap> store, ExchangeMeters meters) {
        this.store = store;
        this.meters = meters;
        try (KeyValueIterator<String, OpenGap> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<String, OpenGap> entry = all.next();
                enter(entry.value);
            }
        }
    }

    OpenGap get(String id) {
        return Objects.requireNonNull(store.get(id), id);
    }

    void put(OpenGap gap) {
        store.put(gap.id(), gap);
        enter(gap);
    }

    void remove(OpenGap gap) {
        store.delete(gap.id());
        if (deadlines.remove(deadline(gap))) {
            meters.openGapsChanged(-1);
        }
    }

    /** When a run gives up first, in milliseconds since the epoch. */
    long earliestDeadline() {
        return deadlines.isEmpty() ? Long.MAX_VALUE : deadlines.first().at();
    }

    /** The gaps whose run has given up. */
    List<OpenGap> overdue(long now) {
        List<OpenGap> overdue = new ArrayList<>();
        for (Deadline deadline : deadlines) {
            if (deadline.at() > now) {
                break;
            }
            overdue.add(get(deadline.id()));
        }
        return overdue;
    }

    /** The task leaves, or begins anew. */
    void close() {
        meters.openGapsChanged(-deadlines.size());
        deadlines.clear();
    }

    private void enter(OpenGap gap) {
        if (deadlines.add(deadline(gap))) {
            meters.openGapsChanged(1);
        }
    }

    private static Deadline deadline(OpenGap gap) {
        return new Deadline(gap.deadline(), gap.id());
    }
}
