package io.plumbline.runtime.config;

import java.util.List;

/** The checks that no schema can make, over the whole tree. */
final class ConfigChecks {

    private final ConfigErrors errors;

    ConfigChecks(ConfigErrors errors) {
        this.errors = errors;
    }

    void check(ConfigNode root) {
        root.at("datasets").entries().values().forEach(this::checkDataset);
        checkStores(root);
        new NameChecks(errors).check(root.at("datasets"), root.at("exchanges"));
        new CandleChecks(errors).check(root);
        new JobChecks(errors).check(root);
        new ScheduleChecks(errors).check(root);
        checkDurations(root);
    }

    private void checkStores(ConfigNode root) {
        boolean noDatasets = root.at("datasets").entries().isEmpty();
        if (noDatasets && root.at("exchanges").entries().isEmpty()) {
            errors.add("datasets", "is empty, and so is exchanges; right is one dataset or exchange at least");
        }
        for (String store : List.of("postgres", "mongo")) {
            if (!noDatasets && !root.has(store)) {
                errors.add(store, "is missing; datasets are compared between the two, which are needed then");
            }
        }
    }

    private void checkDataset(ConfigNode dataset) {
        new DatasetChecks(errors).check(dataset);
        new KeyChecks(errors).check(dataset);
        dataset.at("fields").items().forEach(field -> new FieldChecks(errors).check(field));
        new FieldChecks(errors).checkTargets(dataset);
        new OutboxChecks(errors).check(dataset);
    }

    private void checkDurations(ConfigNode root) {
        root.at("datasets").entries().values().forEach(dataset -> {
            DurationChecks durations = new DurationChecks(errors);
            durations.positive(dataset.at("window"));
            durations.positive(dataset.at("deadline"));
            durations.positive(dataset.at("breaker").at("sliding-window"));
            durations.positive(dataset.at("retry").at("first"));
            durations.notLonger(
                    dataset.at("retry").at("first"), dataset.at("retry").at("longest"));
            durations.notLonger(dataset.at("grace"), dataset.at("deadline"));
            durations.notLonger(dataset.at("unavailable-after"), dataset.at("deadline"));
        });
        root.at("jobs").entries().values().forEach(job -> new DurationChecks(errors).positive(job.at("window")));
        checkCandles(root.at("candles"));
        new DurationChecks(errors).positive(root.at("notifications").at("drift-older-than"));
    }

    private void checkCandles(ConfigNode candles) {
        DurationChecks durations = new DurationChecks(errors);
        ConfigNode retention = candles.at("retention");
        durations.positive(retention);
        durations.notLonger(candles.at("lateness"), retention);
        candles.at("lateness-by-timeframe")
                .entries()
                .values()
                .forEach(lateness -> durations.notLonger(lateness, retention));
    }
}
