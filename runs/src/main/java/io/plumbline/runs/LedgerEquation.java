package io.plumbline.runs;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What must hold between a job kind's counters when its run ends: both sums are equal. */
public record LedgerEquation(List<String> left, List<String> right) {

    public LedgerEquation {
        left = List.copyOf(left);
        right = List.copyOf(right);
    }

    /** How the counters contradict the equation, with their figures; {@code null} where it holds. */
    @Nullable
    String violation(Map<String, Long> counters) {
        long leftSum = sum(left, counters);
        long rightSum = sum(right, counters);
        return leftSum == rightSum
                ? null
                : "%s is %d, but %s is %d (%s)"
                        .formatted(
                                String.join(" + ", left),
                                leftSum,
                                String.join(" + ", right),
                                rightSum,
                                figures(counters));
    }

    private static long sum(List<String> names, Map<String, Long> counters) {
        return names.stream().mapToLong(name -> counters.getOrDefault(name, 0L)).sum();
    }

    private String figures(Map<String, Long> counters) {
        return right.stream()
                .map(name -> name + " " + counters.getOrDefault(name, 0L))
                .collect(Collectors.joining(", "));
    }
}
