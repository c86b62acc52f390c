package io.plumbline.runs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** What is due when; ordered by time, so that looking costs nothing while nothing is due. */
final class Timers {

    private static final String FIRST = "";

    private final KeyValueStore<String, String> store;

    Timers(KeyValueStore<String, String> store) {
        this.store = store;
    }

    void set(Instant due, Timer.Kind kind, String about) {
        store.put(key(due) + " " + kind + " " + about, "");
    }

    /** Sets a timer that is due with the next look at the clock. */
    void setNow(Timer.Kind kind, String about) {
        set(Instant.EPOCH, kind, about);
    }

    boolean anyDue(Instant at) {
        try (KeyValueIterator<String, String> due = store.range(FIRST, key(at) + "~")) {
            return due.hasNext();
        }
    }

    /** Takes out what is due, the earliest first, at most so many. */
    List<Timer> takeDue(Instant at, int limit) {
        List<Timer> timers = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        try (KeyValueIterator<String, String> due = store.range(FIRST, key(at) + "~")) {
            while (timers.size() < limit && due.hasNext()) {
                String key = due.next().key;
                keys.add(key);
                timers.add(parse(key));
            }
        }
        keys.forEach(store::delete);
        return timers;
    }

    private static String key(Instant due) {
        return "%016d".formatted(Math.max(0, due.toEpochMilli()));
    }

    private static Timer parse(String key) {
        String[] parts = key.split(" ", 3);
        return new Timer(Instant.ofEpochMilli(Long.parseLong(parts[0])), Timer.Kind.valueOf(parts[1]), parts[2]);
    }
}
