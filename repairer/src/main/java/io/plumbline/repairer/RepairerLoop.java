package io.plumbline.repairer;

import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.runtime.WorkerLoop;
import io.plumbline.stores.DatasetStores;
import io.plumbline.stores.Stores;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.KafkaConfig;
import io.plumbline.topics.record.RepairCommand;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** The one worker loop of the repairer: {@code repairs} to {@code repair-results}. */
record RepairerLoop(RepairerConfig config, KafkaConfig kafka, Topics topics, Stores stores, MeterRegistry meters) {

    WorkerLoop start() {
        Map<String, EntityRepairer> repairers = new HashMap<>();
        config.policies().forEach((dataset, policies) -> {
            DatasetStores ofDataset = stores.datasets().get(dataset);
            if (ofDataset == null) {
                throw new IllegalStateException("no stores of dataset '" + dataset + "' were opened");
            }
            repairers.put(dataset, new EntityRepairer(ofDataset, policies, stores.journal(), Clock.systemUTC()));
        });
        return WorkerLoop.start(new WorkerLoop.Settings<RepairCommand>(
                "repairer",
                topics.repairs,
                config.threads(),
                RepairerConfig.MAX_BATCH,
                new RepairWorker(repairers, topics, new RepairerMetrics(meters)),
                kafka,
                topics,
                meters));
    }
}
