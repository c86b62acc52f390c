package io.plumbline.reconciler.cases;

import static io.plumbline.topics.record.Look.ABSENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.reconciler.cases.Evidence.Finding;
import io.plumbline.topics.record.Look;
import org.junit.jupiter.api.Test;

class EvidenceTest {

    private static final int GENERATIONS = 3;

    @Test
    void shouldProveNothingWhenItIsTheFirstLook() {
        assertThat(findings(Looks.of("a", "1", "x"))).isEqualTo(Finding.SUSPECT);
    }

    @Test
    void shouldProveWhenNobodyWroteTheSourceBetweenTwoLooks() {
        assertThat(findings(Looks.of("a", "1", "x"), Looks.of("a", "1", "x"))).isEqualTo(Finding.PROVEN);
    }

    @Test
    void shouldProveWhenOnlyTheTargetMovedBetweenTwoLooks() {
        assertThat(findings(Looks.of("a", "1", "x"), Looks.of("a", "1", ABSENT)))
                .isEqualTo(Finding.PROVEN);
    }

    @Test
    void shouldLookAgainWhenTheSourceMoved() {
        assertThat(findings(Looks.of("a", "1", "x"), Looks.of("b", "2", "x"))).isEqualTo(Finding.SUSPECT);
        assertThat(findings(Looks.of("a", "1", "x"), Looks.of("b", "2", "x"), Looks.of("b", "2", "x")))
                .isEqualTo(Finding.PROVEN);
    }

    /** A and B in turn, each copied well within the grace: both looks fall on A in the source before its copy. */
    @Test
    void shouldLookAgainWhenTheSourceWasWrittenThereAndBack() {
        assertThat(findings(Looks.of("a", "1", "b"), Looks.of("a", "3", "b"))).isEqualTo(Finding.SUSPECT);
        assertThat(findings(Looks.of("a", "1", "b"), Looks.of("a", "3", "b"), Looks.of("a", "5", "a")))
                .isEqualTo(Finding.EQUAL);
    }

    @Test
    void shouldProveInTheLastGenerationWhenARowIsTouchedAllTheTimeWithoutAnyChange() {
        assertThat(findings(
                        Looks.of("a", "1", "x"),
                        Looks.of("a", "2", "x"),
                        Looks.of("a", "3", "x"),
                        Looks.of("a", "4", "x")))
                .isEqualTo(Finding.PROVEN);
    }

    @Test
    void shouldBeUnstableWhenTheSourceMovesToTheLastGeneration() {
        assertThat(findings(
                        Looks.of("a", "1", "x"),
                        Looks.of("b", "2", "x"),
                        Looks.of("b", "3", "x"),
                        Looks.of("b", "4", "x")))
                .isEqualTo(Finding.UNSTABLE);
    }

    @Test
    void shouldCompareBothSidesWhenThereIsNoOrderValue() {
        assertThat(findings(Looks.of(ABSENT, null, "x"), Looks.of(ABSENT, null, "x")))
                .isEqualTo(Finding.PROVEN);
        assertThat(findings(Looks.of(ABSENT, null, "x"), Looks.of(ABSENT, null, "y")))
                .isEqualTo(Finding.SUSPECT);
        assertThat(findings(Looks.of("a", null, "x"), Looks.of("a", "1", "x"))).isEqualTo(Finding.SUSPECT);
    }

    @Test
    void shouldSayUnreadableWhateverWasSeenBefore() {
        assertThat(findings(Looks.of("a", "1", "x"), Looks.unreadable("not JSON")))
                .isEqualTo(Finding.UNREADABLE);
    }

    @Test
    void shouldStartAfreshWhenSomebodyWroteTheTarget() {
        Look look = Looks.of("a", "1", "x");
        Evidence evidence = Evidence.NONE.with(look, 5).again();

        assertThat(evidence.weigh(look, GENERATIONS)).isEqualTo(Finding.SUSPECT);
        assertThat(evidence.hasSeenDifference()).isTrue();
    }

    /** What the last of these looks adds up to with those before. */
    private static Finding findings(Look... looks) {
        Evidence evidence = Evidence.NONE;
        Finding finding = Finding.EQUAL;
        for (Look look : looks) {
            finding = evidence.weigh(look, GENERATIONS);
            evidence = evidence.with(look, 1);
        }
        return finding;
    }
}
