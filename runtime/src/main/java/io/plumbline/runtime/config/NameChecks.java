package io.plumbline.runtime.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks that datasets and exchanges do not get in each other's way: job names, replication slots and publications. */
final class NameChecks {

    private static final List<String> SUFFIXES = List.of("", "-full", "-outbox-retry", "-clean-up", "-hourly");
    private static final List<String> OF_EXCHANGES = List.of("-candles", "-candles-hourly");

    private final ConfigErrors errors;

    NameChecks(ConfigErrors errors) {
        this.errors = errors;
    }

    void check(ConfigNode datasets, ConfigNode exchanges) {
        Map<String, String> jobs = new HashMap<>();
        Map<String, String> slots = new HashMap<>();
        Map<String, String> publications = new HashMap<>();
        datasets.entries().forEach((name, dataset) -> {
            checkJobs("dataset " + name, names(name, SUFFIXES), dataset, jobs);
            unique(dataset.at("outbox").at("slot"), slots);
            unique(dataset.at("outbox").at("publication"), publications);
        });
        exchanges.entries().forEach((name, exchange) -> {
            if (datasets.entries().containsKey(name)) {
                errors.add(exchange.path(), "is also the name of a dataset; right is another name");
            } else {
                checkJobs("exchange " + name, names(name, OF_EXCHANGES), exchange, jobs);
            }
        });
    }

    /** @param taken the jobs of those that were looked at, by name, each with whose it is */
    private void checkJobs(String whose, List<String> jobs, ConfigNode node, Map<String, String> taken) {
        for (String job : jobs) {
            String other = taken.putIfAbsent(job, whose);
            if (other != null) {
                errors.add(node.path(), "its job %s is also one of %s; right is another name".formatted(job, other));
            }
        }
    }

    private static List<String> names(String name, List<String> suffixes) {
        return suffixes.stream().map(name::concat).toList();
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
