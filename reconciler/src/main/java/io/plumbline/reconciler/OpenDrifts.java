package io.plumbline.reconciler;

import io.plumbline.topics.record.Drift;
import io.plumbline.topics.record.DriftClass;
import io.plumbline.topics.record.EntityKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The drifts that are open, as the topic {@code drifts} tells. Memory follows how many there are. For several threads. */
final class OpenDrifts {

    /** What may be being done about a drift; see {@link Drift}. */
    static final List<String> STATES = List.of("confirmed", "repairing", "held", "reported", "failed", "parked");

    private record Open(String dataset, String state, DriftClass kind, Instant firstSeen) {}

    private final Map<String, Open> open = new ConcurrentHashMap<>();

    /** @param drift {@code null} where the drift was closed */
    void told(String entity, @Nullable Drift drift) {
        if (drift == null) {
            open.remove(entity);
        } else {
            open.put(
                    entity,
                    new Open(EntityKey.parse(entity).dataset(), drift.state(), drift.drift(), drift.firstSeen()));
        }
    }

    long count(String dataset, String state, DriftClass kind) {
        return of(dataset, state).filter(drift -> drift.kind() == kind).count();
    }

    /** For how long the oldest has been seen; zero where there is none. */
    Duration oldestAge(String dataset, String state, Instant now) {
        return of(dataset, state)
                .map(Open::firstSeen)
                .min(Comparator.naturalOrder())
                .map(first -> Duration.between(first, now))
                .filter(age -> !age.isNegative())
                .orElse(Duration.ZERO);
    }

    private Stream<Open> of(String dataset, String state) {
        return open.values().stream()
                .filter(drift ->
                        drift.dataset().equals(dataset) && drift.state().equals(state));
    }
}
