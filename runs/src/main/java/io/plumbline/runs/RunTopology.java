package io.plumbline.runs;

import io.plumbline.runs.RunTopics.PlacedWork;
import io.plumbline.runtime.TopicWiring;
import io.plumbline.topics.Topics;
import io.plumbline.topics.record.Tick;
import io.plumbline.topics.record.WorkCommand;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Runs: ticks and triggers become requests by exclusive group; the coordinator hands out work, follows cases, reports.
 */
public final class RunTopology {

    private static final String TICKS = "ticks-source";
    private static final String TRIGGERS = "manual-trigger-source";
    private static final String TICK_INTAKE = "tick-intake";
    private static final String TRIGGER_INTAKE = "trigger-intake";
    private static final String REQUESTS = "run-requests-source";
    private static final String ANSWERS = "work-answers-source";
    private static final String EVENTS = "run-events-source";
    private static final String CLOCK = "run-clock-source";
    private static final String COORDINATOR = "run-coordinator";

    private final String applicationId;
    private final RunTopics topics;
    private final Jobs jobs;
    private final RunMeters meters;

    /** @param applicationId under which it runs, and signs its dead letters */
    public RunTopology(String applicationId, RunTopics topics, Jobs jobs, RunMeters meters) {
        this.applicationId = applicationId;
        this.topics = topics;
        this.jobs = jobs;
        this.meters = meters;
    }

    public Topology get() {
        Topology topology = new Topology();
        addIntake(topology);
        addCoordinator(topology);
        return topology;
    }

    private void addIntake(Topology topology) {
        Topics shared = topics.shared();
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        ProcessorSupplier<String, Tick, String, Object> ticks = () -> new TickIntake(applicationId, jobs, shared);
        ProcessorSupplier<byte[], byte[], String, Object> triggers =
                () -> new TriggerIntake(applicationId, jobs, shared);
        String[] both = {TICK_INTAKE, TRIGGER_INTAKE};
        TopicWiring.source(topology, TICKS, shared.ticks);
        topology.addSource(TRIGGERS, bytes, bytes, shared.manualTrigger.name())
                .addProcessor(TICK_INTAKE, ticks, TICKS)
                .addProcessor(TRIGGER_INTAKE, triggers, TRIGGERS);
        TopicWiring.sink(topology, IntakeSinks.REQUESTS, topics.requests(), both);
        TopicWiring.sink(topology, IntakeSinks.REPORTS, shared.reconciliationReport, TRIGGER_INTAKE);
        TopicWiring.sink(topology, IntakeSinks.DEAD_LETTERS, shared.deadLetters, both);
    }

    private void addCoordinator(Topology topology) {
        TopicWiring.source(topology, REQUESTS, topics.requests());
        TopicWiring.source(topology, ANSWERS, topics.answers());
        TopicWiring.source(topology, EVENTS, topics.events());
        TopicWiring.source(topology, CLOCK, topics.clock());
        topology.addProcessor(COORDINATOR, coordinator(), REQUESTS, ANSWERS, EVENTS, CLOCK);
        TopicWiring.sink(topology, RunOutput.REQUESTS, topics.requests(), COORDINATOR);
        TopicWiring.sink(topology, RunOutput.WORK, topics.work(), RunTopology::inTurn, COORDINATOR);
        TopicWiring.sink(topology, RunOutput.CASE_EVENTS, topics.cases(), COORDINATOR);
        TopicWiring.sink(topology, RunOutput.REPORTS, topics.shared().reconciliationReport, COORDINATOR);
        TopicWiring.sink(topology, RunOutput.ENDS, topics.shared().runEnds, COORDINATOR);
        TopicWiring.sink(topology, RunOutput.CHECKPOINTS, topics.shared().checkpoints, COORDINATOR);
        TopicWiring.clock(topology, RunOutput.CLOCK, topics.clock(), COORDINATOR);
        PlacedWork placed = topics.placed();
        if (placed != null) {
            TopicWiring.sink(topology, RunOutput.PLACED_WORK, placed.topic(), itsPartition(placed), COORDINATOR);
        }
    }

    private ProcessorSupplier<String, Object, String, Object> coordinator() {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<String, Object, String, Object> get() {
                return new RunCoordinator(jobs, topics, meters);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return RunStores.builders();
            }
        };
    }

    /**
     * One piece of a run's work after the other goes to the next partition, so that those who do it have as much each;
     * hashes of a few dozen keys spread badly. Runs begin at different ones, since many have a piece or two only.
     */
    static Optional<Set<Integer>> inTurn(String topic, String key, WorkCommand command, int partitions) {
        return Optional.of(Set.of(Math.floorMod(command.runId().hashCode() + command.number(), partitions)));
    }

    private static StreamPartitioner<String, WorkCommand> itsPartition(PlacedWork placed) {
        return (topic, key, command, partitions) ->
                Optional.of(Set.of(placed.partition().apply(command.work()).orElseThrow()));
    }
}
