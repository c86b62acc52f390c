package io.plumbline.reconciler.cases;

import io.plumbline.runtime.Backoff;
import io.plumbline.topics.config.DatasetConfig;
import io.plumbline.topics.config.PlumblineConfig;

/** What a dataset's configuration says about its cases; times in milliseconds. */
record CaseRules(
        String dataset,
        String group,
        long grace,
        int generations,
        int attempts,
        Backoff backoff,
        long unavailableAfter,
        long runDeadline) {

    static CaseRules of(String name, PlumblineConfig config) {
        DatasetConfig dataset = config.dataset(name);
        return new CaseRules(
                name,
                config.groupOf(name),
                dataset.grace().toMillis(),
                dataset.generations(),
                dataset.retry().attempts(),
                Backoff.of(dataset.retry()),
                dataset.unavailableAfter().toMillis(),
                dataset.deadline().toMillis());
    }
}
