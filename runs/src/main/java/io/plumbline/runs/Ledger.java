package io.plumbline.runs;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The counts of a run, by name, in the order in which the job kind declares them. Immutable. */
public final class Ledger {

    private final Map<String, Long> counters;

    @JsonCreator
    Ledger(Map<String, Long> counters) {
        this.counters = Collections.unmodifiableMap(new LinkedHashMap<>(counters));
    }

    /** All counters at 0. */
    public static Ledger of(List<String> names) {
        Map<String, Long> counters = new LinkedHashMap<>();
        names.forEach(name -> counters.put(name, 0L));
        return new Ledger(counters);
    }

    @JsonValue
    public Map<String, Long> counters() {
        return counters;
    }

    public long count(String name) {
        return counters.getOrDefault(name, 0L);
    }

    public Ledger plus(String name, long count) {
        return count == 0 ? this : plus(Map.of(name, count));
    }

    public Ledger plus(Map<String, Long> counts) {
        Map<String, Long> sum = new LinkedHashMap<>(counters);
        counts.forEach((name, count) -> sum.merge(name, count, Long::sum));
        return new Ledger(sum);
    }

    /** Whether nothing at all was counted. */
    boolean isEmpty() {
        return counters.values().stream().allMatch(count -> count == 0);
    }

    /** The equations that do not hold, with their figures. */
    public List<String> violations(List<LedgerEquation> equations) {
        return equations.stream()
                .map(equation -> equation.violation(counters))
                .filter(Objects::nonNull)
                .toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ledger ledger && counters.equals(ledger.counters);
    }

    @Override
    public int hashCode() {
        return counters.hashCode();
    }

    @Override
    public String toString() {
        return counters.toString();
    }
}
