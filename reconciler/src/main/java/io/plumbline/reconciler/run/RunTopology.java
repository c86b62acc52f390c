package io.plumbline.reconciler.run;

import io.plumbline.topics.Topic;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.PlumblineConfig;
import io.plumbline.topics.record.ClockTime;
import io.plumbline.topics.record.Tick;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Runs: ticks and triggers become requests by exclusive group; the coordinator hands out work, follows cases, reports.
 */
public final class RunTopology {

    /** Its Kafka Streams application id. */
    public static final String APPLICATION_ID = "plumbline-runs";

    private static final String TICKS = "ticks-source";
    private static final String TRIGGERS = "manual-trigger-source";
    private static final String TICK_INTAKE = "tick-intake";
    private static final String TRIGGER_INTAKE = "trigger-intake";
    private static final String REQUESTS = "run-requests-source";
    private static final String ANSWERS = "work-answers-source";
    private static final String EVENTS = "run-events-source";
    private static final String CLOCK = "run-clock-source";
    private static final String COORDINATOR = "run-coordinator";

    private final PlumblineConfig config;
    private final Topics topics;
    private final RunMeters meters;

    public RunTopology(PlumblineConfig config, Topics topics, RunMeters meters) {
        this.config = config;
        this.topics = topics;
        this.meters = meters;
    }

    public Topology get() {
        Topology topology = new Topology();
        addIntake(topology);
        addCoordinator(topology);
        return topology;
    }

    private void addIntake(Topology topology) {
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        ProcessorSupplier<String, Tick, String, Object> ticks = () -> new TickIntake(config);
        ProcessorSupplier<byte[], byte[], String, Object> triggers = () -> new TriggerIntake(config, topics);
        String[] both = {TICK_INTAKE, TRIGGER_INTAKE};
        source(topology, TICKS, topics.ticks)
                .addSource(TRIGGERS, bytes, bytes, topics.manualTrigger.name())
                .addProcessor(TICK_INTAKE, ticks, TICKS)
                .addProcessor(TRIGGER_INTAKE, triggers, TRIGGERS);
        sink(topology, IntakeSinks.REQUESTS, topics.runRequests, both);
        sink(topology, IntakeSinks.REPORTS, topics.reconciliationReport, TRIGGER_INTAKE);
        sink(topology, IntakeSinks.DEAD_LETTERS, topics.deadLetters, both);
    }

    private void addCoordinator(Topology topology) {
        source(topology, REQUESTS, topics.runRequests);
        source(topology, ANSWERS, topics.workAnswers);
        source(topology, EVENTS, topics.runEvents);
        source(topology, CLOCK, topics.runClock);
        topology.addProcessor(COORDINATOR, coordinator(), REQUESTS, ANSWERS, EVENTS, CLOCK);
        sink(topology, RunOutput.REQUESTS, topics.runRequests, COORDINATOR);
        sink(topology, RunOutput.WORK, topics.work, COORDINATOR);
        sink(topology, RunOutput.CASE_EVENTS, topics.caseEvents, COORDINATOR);
        sink(topology, RunOutput.REPORTS, topics.reconciliationReport, COORDINATOR);
        sink(topology, RunOutput.ENDS, topics.runEnds, COORDINATOR);
        sink(topology, RunOutput.CHECKPOINTS, topics.checkpoints, COORDINATOR);
        topology.addSink(
                RunOutput.CLOCK,
                topics.runClock.name(),
                topics.runClock.key().serializer(),
                topics.runClock.value().serializer(),
                ownPartition(),
                COORDINATOR);
    }

    private ProcessorSupplier<String, Object, String, Object> coordinator() {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<String, Object, String, Object> get() {
                return new RunCoordinator(config, meters);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return RunStores.builders();
            }
        };
    }

    /** A timer's proposal goes to the partition of the task that made it. */
    private static StreamPartitioner<String, ClockTime> ownPartition() {
        return (topic, key, value, partitions) -> Optional.of(Set.of(value.partition()));
    }

    private static <V> Topology source(Topology topology, String name, Topic<String, V> topic) {
        Deserializer<String> key = topic.key().deserializer();
        return topology.addSource(name, key, topic.value().deserializer(), topic.name());
    }

    private static <V> Topology sink(Topology topology, String name, Topic<String, V> topic, String... parents) {
        Serializer<String> key = topic.key().serializer();
        return topology.addSink(name, topic.name(), key, topic.value().serializer(), parents);
    }
}
