package io.plumbline.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClockProposalsTest {

    private final ClockProposals proposals = new ClockProposals();

    @Test
    void shouldProposeNothingWhenNothingIsDue() {
        assertThat(proposals.propose(99, 100)).isFalse();
    }

    @Test
    void shouldProposeOnceWhileAProposalIsUnderWay() {
        assertThat(proposals.propose(100, 100)).isTrue();
        assertThat(proposals.propose(150, 100)).isFalse();

        proposals.readBack(100);

        assertThat(proposals.propose(151, 100)).isTrue();
    }

    @Test
    void shouldProposeAgainWhenAProposalWasNotReadBack() {
        proposals.propose(100, 100);

        assertThat(proposals.propose(1_099, 100)).isFalse();
        assertThat(proposals.propose(1_100, 100)).isTrue();
    }

    @Test
    void shouldGoOnWaitingWhenAnOlderProposalIsReadBack() {
        proposals.propose(100, 100);
        proposals.propose(1_100, 100);

        proposals.readBack(100);

        assertThat(proposals.propose(1_200, 100)).isFalse();
    }
}
