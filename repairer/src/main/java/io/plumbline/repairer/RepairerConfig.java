package io.plumbline.repairer;

import io.plumbline.repairer.RepairRules.RepairPolicies;
import io.plumbline.topics.config.DatasetConfig;
import io.plumbline.topics.config.PlumblineConfig;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The part of the configuration that the repairer acts on.
 *
 * @param threads that repair
 * @param policies by dataset
 */
record RepairerConfig(int threads, Map<String, RepairPolicies> policies) {

    /** Commands per batch: enough to make round trips cheap, few enough for a transaction of well under a second. */
    static final int MAX_BATCH = 1_000;

    static RepairerConfig of(PlumblineConfig config) {
        return new RepairerConfig(
                config.apps().repairWorkers(),
                config.datasets().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> policies(entry.getValue()))));
    }

    private static RepairPolicies policies(DatasetConfig dataset) {
        boolean createDocuments =
                dataset.target().array() == null || dataset.target().createDocuments();
        return new RepairPolicies(dataset.repair(), dataset.extras(), createDocuments);
    }
}
