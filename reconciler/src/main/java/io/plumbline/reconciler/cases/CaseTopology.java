package io.plumbline.reconciler.cases;

import io.plumbline.runtime.DeadLetters;
import io.plumbline.runtime.TopicWiring;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.PlumblineConfig;
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
        TopicWiring.source(topology, "from-case-events", topics.caseEvents);
        TopicWiring.source(topology, "from-check-answers", topics.checkAnswers);
        TopicWiring.source(topology, "from-repair-results", topics.repairResults);
        TopicWiring.source(topology, "from-case-clock", topics.caseClock);
        topology.addProcessor(
                PROCESSOR,
                new CaseStores(new DeadLetters(APPLICATION_ID, topics), config),
                "from-case-events",
                "from-check-answers",
                "from-repair-results",
                "from-case-clock");
        TopicWiring.sink(topology, Sinks.FAST_CHECKS, topics.fastChecks, PROCESSOR);
        TopicWiring.sink(topology, Sinks.CHECKS, topics.checks, PROCESSOR);
        TopicWiring.sink(topology, Sinks.REPAIRS, topics.repairs, PROCESSOR);
        TopicWiring.sink(topology, Sinks.DRIFTS, topics.drifts, PROCESSOR);
        TopicWiring.sink(topology, Sinks.RUN_EVENTS, topics.runEvents, PROCESSOR);
        TopicWiring.sink(topology, Sinks.DEAD_LETTERS, topics.deadLetters, PROCESSOR);
        TopicWiring.clock(topology, Sinks.CLOCK, topics.caseClock, PROCESSOR);
        return topology;
    }
}
