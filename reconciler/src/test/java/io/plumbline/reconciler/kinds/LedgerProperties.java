package io.plumbline.reconciler.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.runs.Ledger;
import io.plumbline.runs.RunOutcome;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.RepairOutcome;
import io.plumbline.topics.record.RunEvent;
import io.plumbline.topics.record.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class LedgerProperties {

    private static final DocumentsKind DOCUMENTS = new DocumentsKind(Map.of());
    private static final EntityKey ENTITY = EntityKey.of("mails", "1");

    @Property
    void shouldAddUpWhateverTheOutcomes(@ForAll("outcomes") List<RunEvent.CaseClosed> outcomes) {
        Ledger ledger = booked(outcomes);

        assertThat(ledger.violations(EntityCounters.EQUATIONS)).isEmpty();
        assertThat(ledger.count("checked")).isEqualTo(outcomes.size());
    }

    @Property
    void shouldNoticeOneOutcomeTooFewOrTooMany(
            @ForAll("outcomes") List<RunEvent.CaseClosed> outcomes,
            @ForAll @IntRange(min = 1, max = 13) int counter,
            @ForAll boolean more) {
        Ledger wrong = booked(outcomes).plus(EntityCounters.ALL.get(counter), more ? 1 : -1);

        assertThat(wrong.violations(EntityCounters.EQUATIONS)).isNotEmpty();
    }

    @Property
    void shouldNotDependOnTheOrderInWhichItCounts(@ForAll("outcomes") List<RunEvent.CaseClosed> outcomes) {
        List<RunEvent.CaseClosed> reversed = new ArrayList<>(outcomes).reversed();

        assertThat(booked(outcomes)).isEqualTo(booked(reversed));
    }

    @Property
    void shouldEndWithFailuresExactlyWhenSomethingFailed(@ForAll("outcomes") List<RunEvent.CaseClosed> outcomes) {
        Map<String, Long> counters = booked(outcomes).counters();
        boolean held = outcomes.stream().anyMatch(closed -> closed.repair() == RepairOutcome.HELD);
        boolean failures = outcomes.stream()
                .anyMatch(closed -> closed.repair() == RepairOutcome.FAILED
                        || List.of(Verdict.UNSTABLE, Verdict.UNREADABLE, Verdict.SKIPPED)
                                .contains(closed.verdict()));

        String expected = held ? "HELD" : failures ? "COMPLETED_WITH_FAILURES" : "COMPLETED";
        assertThat(RunOutcome.of(DOCUMENTS, counters)).hasToString(expected);
    }

    private static Ledger booked(List<RunEvent.CaseClosed> outcomes) {
        Ledger ledger = Ledger.of(EntityCounters.ALL);
        for (RunEvent.CaseClosed closed : outcomes) {
            ledger = ledger.plus("checked", 1);
            for (String counter : EntityCounters.of(closed)) {
                ledger = ledger.plus(counter, 1);
            }
        }
        return ledger;
    }

    @Provide
    Arbitrary<List<RunEvent.CaseClosed>> outcomes() {
        return Combinators.combine(Arbitraries.of(Verdict.class), Arbitraries.of(RepairOutcome.class))
                .as((verdict, outcome) -> new RunEvent.CaseClosed(
                        "run", ENTITY, verdict, verdict.isDrift() ? outcome : null, List.of(), null))
                .list()
                .ofMaxSize(50);
    }
}
