package io.plumbline.runtime.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks that datasets do not get in each other's way: job names, replication slots and publications. */
final class DatasetNameChecks {

    private static final List<String> SUFFIXES = List.of("", "-full", "-outbox-retry", "-clean-up", "-hourly");

    private final ConfigErrors errors;

    DatasetNameChecks(ConfigErrors errors) {
        this.errors = errors;
    }

    void check(ConfigNode datasets) {
        Map<String, String> jobs = new HashMap<>();
        Map<String, String> slots = new HashMap<>();
        Map<String, String> publications = new HashMap<>();
        datasets.entries().forEach((name, dataset) -> {
            for (String suffix : SUFFIXES) {
                String other = jobs.putIfAbsent(name + suffix, name);
                if (other != null) {
                    errors.add(
                            dataset.path(),
                            "its job %s is also one of dataset %s; right is another name"
                                    .formatted(name + suffix, other));
                }
            }
            unique(dataset.at("outbox").at("slot"), slots);
            unique(dataset.at("outbox").at("publication"), publications);
        });
    }

    private void unique(ConfigNode node, Map<String, String> seen) {
        node.text().ifPresent(text -> {
            String other = seen.putIfAbsent(text, node.path());
            if (other != null) {
                errors.add(node.path(), "'%s' is also %s; right is one of its own".formatted(text, other));
            }
        });
    }
}
