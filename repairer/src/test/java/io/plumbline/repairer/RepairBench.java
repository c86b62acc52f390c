package io.plumbline.repairer;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.repairer.RepairRules.RepairPolicies;
import io.plumbline.stores.DatasetStores;
import io.plumbline.stores.SegmentScanner;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.DatasetConfig.ExtraPolicy;
import io.plumbline.topics.config.DatasetConfig.RepairPolicy;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.RepairAnswer;
import io.plumbline.topics.record.RepairCommand;
import io.plumbline.topics.record.Work;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A repairer on stores in memory, with a dataset "mail" whose contents are one text each. */
final class RepairBench {

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final Instant LATER = NOW.plusSeconds(60);

    final Steps steps = new Steps();
    final InMemoryTarget target = new InMemoryTarget(steps);
    final InMemorySource source = new InMemorySource(steps);
    final InMemoryJournal journal = new InMemoryJournal(steps);
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    RepairPolicies policies = new RepairPolicies(RepairPolicy.AUTO, ExtraPolicy.DELETE, true);

    static EntityKey entity(int number) {
        return EntityKey.of("mail", "e" + number);
    }

    static RepairCommand repair(EntityKey entity, String id) {
        return new RepairCommand(entity, id, "run", LATER, null);
    }

    static RepairCommand undo(EntityKey entity, String id, String undoes) {
        return new RepairCommand(entity, id, "undo-run", LATER, undoes);
    }

    /** Plants what both sides hold; {@code null} for nothing. */
    void plant(EntityKey entity, @Nullable String inSource, @Nullable String inTarget) {
        if (inSource != null) {
            source.values.put(entity, inSource);
        }
        if (inTarget != null) {
            target.values.put(entity, inTarget);
        }
    }

    List<RepairAnswer> answer(RepairCommand... commands) {
        return answer(Arrays.asList(commands));
    }

    /** By a worker just started: nothing is remembered but what the stores hold. */
    List<RepairAnswer> answer(List<RepairCommand> commands) {
        DatasetStores stores = new DatasetStores("mail", source, target, new TextComparer(), new NoScanner(), null);
        EntityRepairer repairer = new EntityRepairer(stores, policies, journal, Clock.fixed(NOW, ZoneOffset.UTC));
        return new RepairWorker(Map.of("mail", repairer), new Topics("", 1), new RepairerMetrics(meters))
                .answer(commands);
    }

    RepairAnswer answerOne(RepairCommand command) {
        return answer(command).getFirst();
    }

    private record NoScanner() implements SegmentScanner {
        @Override
        public Planned plan(Work.Plan plan) {
            throw new UnsupportedOperationException("no repair plans");
        }

        @Override
        public Scanned scan(Work segment) {
            throw new UnsupportedOperationException("no repair scans");
        }
    }
}
