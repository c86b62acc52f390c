package io.plumbline.reconciler.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.record.CaseEvent;
import io.plumbline.topics.record.RunEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What must never go wrong, over random interleavings of everything that can happen to an entity. */
class CaseProperties {

    private static final long HOUR = Duration.ofHours(1).toMillis();

    /** Both stores move all the time, nothing is planted: nothing may be found. */
    @Property(tries = 400)
    void shouldInventNothingWhenSourceIsFirstAndCopiesFollowWithinTheGrace(@ForAll long seed) {
        Play play = new Play(seed);
        play.writes(60, 0);
        play.scans(6);

        play.world.runUntil(play.world.now + 12 * SimulatedCase.GRACE);
        play.drain();

        assertThat(play.machine.confirmations).isZero();
        assertThat(play.machine.state).isNull();
        play.assertEachScanHasItsOutcome();
    }

    /**
     * Copies get lost at random; the events alone are enough to find them, once the source stands still. Contents do not
     * come back here: a look that finds both sides equal by coincidence, with older copies still under way, takes them as
     * equal, and leaves what these do to the next scan.
     */
    @Property(tries = 400)
    void shouldMissNothingWhenEachChangeIsAnnounced(@ForAll long seed) {
        Play play = new Play(seed);
        play.world.deletes = false;
        play.writes(40, 20);
        play.scans(2);

        play.world.runUntil(play.world.now + 12 * SimulatedCase.GRACE);
        play.drain();

        assertThat(play.world.isEqual()).isTrue();
        assertThat(play.machine.state).isNull();
        assertThat(play.machine.published).isNull();
        play.assertEachScanHasItsOutcome();
    }

    /** Everything at once: lost copies, hand edits, undos, dying runs, and workers that fail in every way. */
    @Property(tries = 1_000)
    void shouldNeitherInventNorMissNorHangWhenEverythingHappensAtOnce(@ForAll long seed) {
        Play play = new Play(seed);
        play.machine.trouble = 5 + (int) play.world.upTo(30);
        play.machine.repairer.trouble = play.machine.trouble;
        play.machine.alwaysRelease = play.world.chance(50);
        play.writes(40, 20);
        play.edits(6);
        play.scans(8);
        play.undos(3);

        play.world.runUntil(play.world.now + 15 * SimulatedCase.GRACE);
        play.calm();
        play.drain();
        play.finalScan();

        assertThat(play.world.isEqual()).isTrue();
        assertThat(play.machine.state).as("memory follows open cases").isNull();
        assertThat(play.machine.published).as("what stands on drifts").isNull();
        play.assertEachScanHasItsOutcome();
    }

    /** One run of the play: who does what when. */
    private static final class Play {
        final SimulatedWorld world;
        final SimulatedCase machine;

        Play(long seed) {
            world = new SimulatedWorld(new Random(seed), SimulatedCase.GRACE);
            machine = new SimulatedCase(world);
        }

        void writes(int many, int crashing) {
            long within = 1 + world.upTo(12 * SimulatedCase.GRACE);
            for (int i = 0; i < many; i++) {
                world.after(world.upTo(within), () -> {
                    world.write(world.chance(80), world.chance(crashing));
                    Instant committed = Instant.ofEpochMilli(world.now);
                    world.after(
                            world.upTo(100),
                            () -> machine.event(new CaseEvent.Changed(SimulatedWorld.ENTITY, "e", 1, committed)));
                });
            }
        }

        void edits(int many) {
            for (int i = 0; i < many; i++) {
                world.after(world.upTo(12 * SimulatedCase.GRACE), world::edit);
            }
        }

        void scans(int many) {
            for (int i = 0; i < many; i++) {
                scan("scan-" + i, world.upTo(12 * SimulatedCase.GRACE), 2_000 + world.upTo(60_000));
            }
        }

        private void scan(String run, long after, long deadline) {
            world.after(after, () -> machine.scan(run, deadline, world.chance(20)));
        }

        void undos(int many) {
            for (int i = 0; i < many; i++) {
                String run = "undo-" + i;
                world.after(world.upTo(14 * SimulatedCase.GRACE), () -> {
                    List<String> repaired = machine.repairer.repaired();
                    if (!repaired.isEmpty()) {
                        String repair = repaired.get((int) world.upTo(repaired.size()));
                        machine.event(new CaseEvent.UndoRequested(
                                SimulatedWorld.ENTITY, run, "g", repair, Instant.ofEpochMilli(world.now + 20_000)));
                    }
                });
            }
        }

        /** The stores are back, nobody dies any more, and every drift is to be repaired. */
        void calm() {
            machine.trouble = 0;
            machine.repairer.trouble = 0;
            machine.alwaysRelease = true;
        }

        /** Until nothing is open, which is well within the deadlines and patience there are. */
        void drain() {
            for (int i = 0; i < 60 && !machine.isSettled(); i++) {
                world.runUntil(world.now + 60_000);
            }
            assertThat(machine.isSettled())
                    .as("open for an hour: %s", machine.state)
                    .isTrue();
        }

        /** A last run looks at everything, parked or not; and what rests over nothing goes away by itself. */
        void finalScan() {
            machine.scan("final", 600_000, true);
            world.runUntil(world.now + 100);
            drain();
            world.runUntil(world.now + 70 * HOUR);
            drain();
        }

        void assertEachScanHasItsOutcome() {
            assertThat(machine.asked)
                    .allSatisfy(run -> assertThat(machine.outcomes(run))
                            .as("outcomes of %s", run)
                            .isEqualTo(1));
            assertThat(machine.told)
                    .filteredOn(RunEvent.CaseClosed.class::isInstance)
                    .allSatisfy(event -> {
                        RunEvent.CaseClosed closed = (RunEvent.CaseClosed) event;
                        assertThat(closed.repair() != null)
                                .isEqualTo(closed.verdict().isDrift());
                    });
        }
    }
}
