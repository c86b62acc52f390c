package io.plumbline.reconciler.kinds;

import io.plumbline.runs.LedgerEquation;
import io.plumbline.topics.record.RepairOutcome;
import io.plumbline.topics.record.RunEvent;
import io.plumbline.topics.record.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The counters and equations of every kind whose runs classify entities. */
final class EntityCounters {

    static final String CHECKED = "checked";
    static final String SKIPPED = name(Verdict.SKIPPED);

    private static final List<String> VERDICTS =
            Arrays.stream(Verdict.values()).map(EntityCounters::name).toList();
    private static final List<String> OUTCOMES =
            Arrays.stream(RepairOutcome.values()).map(EntityCounters::name).toList();

    static final List<String> ALL = Stream.of(List.of(CHECKED), VERDICTS, OUTCOMES)
            .flatMap(List::stream)
            .toList();

    static final List<String> FAILURES = Stream.of(
                    List.of(RepairOutcome.FAILED), List.of(Verdict.UNSTABLE, Verdict.UNREADABLE, Verdict.SKIPPED))
            .flatMap(List::stream)
            .map(EntityCounters::name)
            .toList();

    static final List<LedgerEquation> EQUATIONS = List.of(
            new LedgerEquation(List.of(CHECKED), VERDICTS),
            new LedgerEquation(
                    Arrays.stream(Verdict.values())
                            .filter(Verdict::isDrift)
                            .map(EntityCounters::name)
                            .toList(),
                    OUTCOMES));

    private EntityCounters() {}

    static List<String> of(RunEvent.CaseClosed closed) {
        List<String> counters = new ArrayList<>(2);
        counters.add(name(closed.verdict()));
        if (closed.repair() != null) {
            counters.add(name(closed.repair()));
        }
        return counters;
    }

    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
