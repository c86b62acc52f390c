package io.plumbline.bench;

import io.plumbline.topics.Topic;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.KafkaConfig;
import io.plumbline.topics.record.AnswerStatus;
import io.plumbline.topics.record.CheckAnswer;
import io.plumbline.topics.record.Drift;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

/** Commits changes and watches what comes of them. */
final class FastWay {

    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int TRANSACTION = 20;
    private static final int HARMFUL = 50;
    private static final Duration BEAT = Duration.ofMillis(20);

    private final ChangingApplication application;
    private final KafkaConfig kafka;
    private final Topics topics;
    private final long rows;
    private long nextRow = 1;
    private long nextHarmful;
    /** Drifts of earlier rounds stay open: they are looked at now and then, and told again. */
    private final Set<String> toldBefore = new HashSet<>();

    FastWay(ChangingApplication application, KafkaConfig kafka, Topics topics, long rows) {
        this.application = application;
        this.kafka = kafka;
        this.topics = topics;
        this.rows = rows;
        this.nextHarmful = rows;
    }

    /** Changes a row now and then until one is looked at: then everything runs. */
    void awaitFirstLook() {
        Set<String> seen = new HashSet<>();
        long end = System.nanoTime() + PATIENCE.toNanos();
        try (RunWatch watch = watch(topics.checkAnswers)) {
            while (seen.isEmpty()) {
                require(System.nanoTime() < end, "no change was looked at");
                application.change(rows(1), new long[0]);
                looks(watch, seen);
            }
        }
    }

    /** Commits that many changes of different rows at once; returns how many were looked at per second. */
    double rate(int changes) {
        Set<String> seen = new HashSet<>();
        try (RunWatch watch = watch(topics.checkAnswers)) {
            long start = System.nanoTime();
            for (int i = 0; i < changes; i += TRANSACTION) {
                application.change(rows(Math.min(TRANSACTION, changes - i)), new long[0]);
            }
            double committed = (System.nanoTime() - start) / 1e9;
            while (seen.size() < changes) {
                require(System.nanoTime() - start < PATIENCE.toNanos(), "only " + seen.size() + " were looked at");
                looks(watch, seen);
            }
            double seconds = (System.nanoTime() - start - GRACE.toNanos()) / 1e9;
            Console.say("  %d changes: committed in %.1f s, looked at in %.1f s", changes, committed, seconds);
            return changes / seconds;
        }
    }

    /** Commits at that rate; how long each drift took beyond the configured waits. */
    Latencies latencies(double rate, int seconds) {
        Map<String, Long> committed = new ConcurrentHashMap<>();
        Latencies latencies = new Latencies();
        Thread writer = Thread.ofPlatform().name("application").start(() -> write(rate, seconds, committed));
        Map<String, Long> seen = new HashMap<>();
        long end =
                System.nanoTime() + Duration.ofSeconds(seconds).plus(PATIENCE).toNanos();
        try (RunWatch watch = watch(topics.drifts)) {
            while (writer.isAlive() || seen.size() < committed.size()) {
                require(System.nanoTime() < end, seen.size() + " of " + committed.size() + " drifts were found");
                watch.poll((value, record) -> {
                    String id = value instanceof Drift drift
                            ? drift.entity().parts().getFirst()
                            : null;
                    if (id != null && !toldBefore.contains(id)) {
                        seen.putIfAbsent(id, System.nanoTime());
                    }
                });
            }
        }
        Set<String> unmade = new TreeSet<>(seen.keySet());
        unmade.removeAll(committed.keySet());
        require(unmade.isEmpty(), "drifts that nobody made: " + unmade);
        toldBefore.addAll(seen.keySet());
        seen.forEach((id, at) -> latencies.add((at - committed.getOrDefault(id, 0L)) / 1e6 - 2.0 * GRACE.toMillis()));
        return latencies;
    }

    private void write(double rate, int seconds, Map<String, Long> committed) {
        long start = System.nanoTime();
        long written = 0;
        while (System.nanoTime() - start < seconds * 1_000_000_000L) {
            long due = (long) (rate * (System.nanoTime() - start) / 1e9);
            if (due > written) {
                long[] harmful = LongStream.rangeClosed(written + 1, due)
                        .filter(i -> i % HARMFUL == 0)
                        .map(i -> nextHarmful--)
                        .toArray();
                application.change(rows((int) (due - written) - harmful.length), harmful);
                long now = System.nanoTime();
                for (long id : harmful) {
                    committed.put(Long.toString(id), now);
                }
                written = due;
            }
            LockSupport.parkNanos(BEAT.toNanos());
        }
    }

    private void looks(RunWatch watch, Set<String> seen) {
        watch.poll((value, record) -> {
            if (value instanceof CheckAnswer answer && answer.status() == AnswerStatus.DONE) {
                seen.add(answer.entity().text());
            }
        });
    }

    /** The next rows, round and round over the lower half. */
    private long[] rows(int count) {
        long[] ids = new long[count];
        for (int i = 0; i < count; i++) {
            ids[i] = nextRow;
            nextRow = nextRow % (rows / 2) + 1;
        }
        return ids;
    }

    private RunWatch watch(Topic<?, ?> topic) {
        return new RunWatch(kafka, topics, List.of(topic));
    }

    private static void require(boolean met, String otherwise) {
        if (!met) {
            throw new IllegalStateException(otherwise);
        }
    }
}
