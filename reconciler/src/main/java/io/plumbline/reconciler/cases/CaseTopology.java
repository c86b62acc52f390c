package io.plumbline.reconciler.cases;

import io.plumbline.topics.Topic;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.PlumblineConfig;
import io.plumbline.topics.record.ClockTime;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.Topology;

/** The cases: what sources and runs say about entities, and the answers of workers, to commands, drifts and outcomes. */
public final class CaseTopology {

    public static final String APPLICATION_ID = "plumbline-cases";

    /** Where a transition's effects go. */
    static final class Sinks {
        static final String CHECKS = "to-checks";
        static final String FAST_CHECKS = "to-fast-checks";
        static final String REPAIRS = "to-repairs";
        static final String DRIFTS = "to-drifts";
        static final String RUN_EVENTS = "to-run-events";
        static final String CLOCK = "to-case-clock";
        static final String DEAD_LETTERS = "to-dead-letters";

        private Sinks() {}
    }

    private static final String PROCESSOR = "case-processor";

    private final PlumblineConfig config;
    private final Topics topics;

    public CaseTopology(PlumblineConfig config, Topics topics) {
        this.config = config;
        this.topics = topics;
    }

    public Topology get() {
        Topology topology = new Topology();
        source(topology, "from-case-events", topics.caseEvents);
        source(topology, "from-check-answers", topics.checkAnswers);
        source(topology, "from-repair-results", topics.repairResults);
        source(topology, "from-case-clock", topics.caseClock);
        topology.addProcessor(
                PROCESSOR,
                new CaseStores(APPLICATION_ID, config),
                "from-case-events",
                "from-check-answers",
                "from-repair-results",
                "from-case-clock");
        sink(topology, Sinks.FAST_CHECKS, topics.fastChecks);
        sink(topology, Sinks.CHECKS, topics.checks);
        sink(topology, Sinks.REPAIRS, topics.repairs);
        sink(topology, Sinks.DRIFTS, topics.drifts);
        sink(topology, Sinks.RUN_EVENTS, topics.runEvents);
        sink(topology, Sinks.DEAD_LETTERS, topics.deadLetters);
        topology.addSink(
                Sinks.CLOCK,
                topics.caseClock.name(),
                topics.caseClock.key().serializer(),
                topics.caseClock.value().serializer(),
                CaseTopology::ownPartition,
                PROCESSOR);
        return topology;
    }

    private static void source(Topology topology, String name, Topic<String, ?> topic) {
        topology.addSource(name, topic.key().deserializer(), topic.value().deserializer(), topic.name());
    }

    private static void sink(Topology topology, String name, Topic<String, ?> topic) {
        topology.addSink(
                name, topic.name(), topic.key().serializer(), topic.value().serializer(), PROCESSOR);
    }

    /** A proposal goes to the task that made it. */
    private static Optional<Set<Integer>> ownPartition(String topic, String key, ClockTime time, int partitions) {
        return Optional.of(Set.of(time.partition()));
    }
}
