package io.plumbline.reconciler.notify;

import io.plumbline.topics.config.NotificationsConfig.Severity;
import io.plumbline.topics.record.Drift;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The open drifts of some partitions, and which of them have come of age since it was asked last. Drifts that somebody
 * wants to know of and does not want repaired never do. Memory follows how many are open.
 */
final class OldDrifts {

    private record Open(int partition, Drift drift, boolean told) {}

    private final Duration age;
    private final Map<String, Open> open = new HashMap<>();

    OldDrifts(Duration age) {
        this.age = age;
    }

    /** @param drift {@code null} where it was closed */
    void heard(int partition, String entity, @Nullable Drift drift) {
        if (drift == null || drift.state().equals("reported") || drift.state().equals("parked")) {
            open.remove(entity);
            return;
        }
        Open known = open.get(entity);
        boolean told =
                known != null && known.told() && known.drift().firstSeen().equals(drift.firstSeen());
        open.put(entity, new Open(partition, drift, told));
    }

    /** The partition belongs to another member now. */
    void forget(int partition) {
        open.values().removeIf(drift -> drift.partition() == partition);
    }

    /** One notice per dataset with drifts that have come of age; each drift is told once. */
    List<Notice> takeAged(Instant now) {
        Map<String, List<Drift>> aged = new TreeMap<>();
        open.replaceAll((entity, drift) -> {
            if (drift.told() || !drift.drift().firstSeen().plus(age).isBefore(now)) {
                return drift;
            }
            aged.computeIfAbsent(drift.drift().entity().dataset(), dataset -> new ArrayList<>())
                    .add(drift.drift());
            return new Open(drift.partition(), drift.drift(), true);
        });
        return aged.entrySet().stream()
                .map(entry -> notice(entry.getKey(), entry.getValue(), now))
                .toList();
    }

    private static Notice notice(String dataset, List<Drift> drifts, Instant now) {
        Drift oldest =
                drifts.stream().min(Comparator.comparing(Drift::firstSeen)).orElseThrow();
        Duration since = Duration.between(oldest.firstSeen(), now);
        return new Notice(
                Notice.Kind.DRIFT,
                Severity.WARNING,
                "%d drifts of %s are open for too long; the oldest, %s, is %s for %d minutes; 'drifts' lists them"
                        .formatted(drifts.size(), dataset, oldest.entity().text(), oldest.state(), since.toMinutes()));
    }
}
