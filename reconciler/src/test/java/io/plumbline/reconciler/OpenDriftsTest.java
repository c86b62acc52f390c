package io.plumbline.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.topics.record.Drift;
import io.plumbline.topics.record.DriftClass;
import io.plumbline.topics.record.EntityKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OpenDriftsTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    private final OpenDrifts drifts = new OpenDrifts();

    @Test
    void shouldKnowTheOldestOfEachStateWhenSeveralAreOpen() {
        tell("a", "confirmed", Duration.ofMinutes(5));
        tell("b", "confirmed", Duration.ofMinutes(7));
        tell("c", "held", Duration.ofMinutes(9));

        assertThat(drifts.count("emails", "confirmed", DriftClass.DIFFERENT)).isEqualTo(2);
        assertThat(drifts.oldestAge("emails", "confirmed", NOW)).isEqualTo(Duration.ofMinutes(7));
        assertThat(drifts.oldestAge("emails", "held", NOW)).isEqualTo(Duration.ofMinutes(9));
        assertThat(drifts.count("others", "confirmed", DriftClass.DIFFERENT)).isZero();
    }

    @Test
    void shouldForgetADriftWhenItIsClosed() {
        tell("a", "repairing", Duration.ofMinutes(5));

        drifts.told("emails/a", null);

        assertThat(drifts.count("emails", "repairing", DriftClass.DIFFERENT)).isZero();
        assertThat(drifts.oldestAge("emails", "repairing", NOW)).isZero();
    }

    @Test
    void shouldCountADriftOnceWhenItsStateChanges() {
        tell("a", "confirmed", Duration.ofMinutes(5));
        tell("a", "repairing", Duration.ofMinutes(5));

        assertThat(drifts.count("emails", "confirmed", DriftClass.DIFFERENT)).isZero();
        assertThat(drifts.count("emails", "repairing", DriftClass.DIFFERENT)).isEqualTo(1);
    }

    @Test
    void shouldBeMeasuredBySecondsWhenMetersAreBound() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        tell("a", "failed", Duration.ofMinutes(5));

        new ReconcilerMetrics(meters).watch(drifts, Set.of("emails"), Clock.fixed(NOW, ZoneOffset.UTC));

        assertThat(meters.get("plumbline.drifts.open")
                        .tags("dataset", "emails", "state", "failed", "kind", "different")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(meters.get("plumbline.drifts.oldest.age")
                        .tags("dataset", "emails", "state", "failed")
                        .gauge()
                        .value())
                .isEqualTo(300);
    }

    private void tell(String key, String state, Duration age) {
        EntityKey entity = EntityKey.of("emails", key);
        drifts.told(
                entity.text(),
                new Drift(entity, DriftClass.DIFFERENT, NOW.minus(age), NOW, "run", state, List.of(), null));
    }
}
