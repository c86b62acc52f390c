package io.plumbline.runtime.config;

import com.fasterxml.jackson.databind.node.BooleanNode;
import java.util.Map;

/** Checks of jobs: what each kind needs, and that what they name is there. */
final class JobChecks {

    private final ConfigErrors errors;

    JobChecks(ConfigErrors errors) {
        this.errors = errors;
    }

    void check(ConfigNode root) {
        Map<String, ConfigNode> jobs = root.at("jobs").entries();
        jobs.values().forEach(job -> {
            String kind = job.text("kind").orElse("");
            switch (kind) {
                case "" -> {
                    if (!job.has("kind")) {
                        errors.add(
                                job.at("kind").path(),
                                "is missing; right is documents, outbox-retry, clean-up, candles or sequence");
                    }
                }
                case "sequence" -> {
                    checkSteps(job, jobs);
                    checkOwners(job, jobs);
                }
                case "candles" -> checkExchange(job, root.at("exchanges"));
                default -> checkDataset(job, kind, root.at("datasets"));
            }
        });
    }

    private void checkSteps(ConfigNode sequence, Map<String, ConfigNode> jobs) {
        ConfigNode steps = sequence.at("steps");
        if (steps.items().isEmpty()) {
            errors.add(steps.path(), "is empty; right are the jobs to run one after the other");
        }
        for (ConfigNode step : steps.items()) {
            step.text().ifPresent(name -> {
                ConfigNode job = jobs.get(name);
                if (job == null) {
                    errors.add(step.path(), noSuch("job", name, jobs));
                } else if (job.text("kind").orElse("").equals("sequence")) {
                    errors.add(step.path(), "'%s' is a sequence itself; right are jobs of other kinds".formatted(name));
                }
            });
        }
        meaningless(sequence, "a sequence", "dataset", "window", "exchange", "thorough");
    }

    /** Runs of candles and of documents have coordinators of their own: neither could go on with the other's. */
    private void checkOwners(ConfigNode sequence, Map<String, ConfigNode> jobs) {
        ConfigNode steps = sequence.at("steps");
        long scans = steps.items().stream().filter(step -> isScan(step, jobs)).count();
        if (scans > 0 && scans < steps.items().size()) {
            errors.add(
                    steps.path(),
                    "mixes jobs of kind candles with jobs of other kinds, which other apps run; right is a sequence for each");
        }
    }

    private static boolean isScan(ConfigNode step, Map<String, ConfigNode> jobs) {
        ConfigNode job = jobs.get(step.text().orElse(""));
        return job != null && job.text("kind").orElse("").equals("candles");
    }

    private void checkExchange(ConfigNode job, ConfigNode exchanges) {
        checkNoSteps(job, "candles");
        meaningless(job, "kind candles", "dataset", "full");
        String names = String.join(", ", exchanges.entries().keySet());
        if (!job.has("exchange")) {
            errors.add(job.at("exchange").path(), "is missing; right is one of " + names);
        }
        job.text("exchange")
                .filter(name -> !exchanges.entries().containsKey(name))
                .ifPresent(
                        name -> errors.add(job.at("exchange").path(), noSuch("exchange", name, exchanges.entries())));
        if (!job.has("window")) {
            errors.add(job.at("window").path(), "is missing; right is a lookback such as 30m");
        }
    }

    /** Keys that a job of that kind must not have; a false one says nothing. */
    private void meaningless(ConfigNode job, String what, String... keys) {
        for (String key : keys) {
            if (job.has(key) && !job.at(key).json().equals(BooleanNode.FALSE)) {
                errors.add(job.at(key).path(), "means nothing for %s; remove it".formatted(what));
            }
        }
    }

    private void checkNoSteps(ConfigNode job, String kind) {
        if (!job.at("steps").items().isEmpty()) {
            errors.add(job.at("steps").path(), "means nothing for kind %s; right is kind sequence".formatted(kind));
        }
    }

    private void checkDataset(ConfigNode job, String kind, ConfigNode datasets) {
        checkNoSteps(job, kind);
        meaningless(job, "kind " + kind, "exchange", "thorough");
        if (!job.has("dataset")) {
            errors.add(
                    job.at("dataset").path(),
                    "is missing; right is one of " + datasets.entries().keySet());
        }
        job.text("dataset").ifPresent(name -> {
            ConfigNode dataset = datasets.entries().get(name);
            if (dataset == null) {
                errors.add(job.at("dataset").path(), noSuch("dataset", name, datasets.entries()));
            } else {
                checkAgainst(job, kind, dataset);
            }
        });
    }

    private void checkAgainst(ConfigNode job, String kind, ConfigNode dataset) {
        boolean documents = kind.equals("documents");
        if (!documents && !dataset.has("outbox")) {
            errors.add(
                    job.at("kind").path(),
                    "%s needs %s".formatted(kind, dataset.at("outbox").path()));
        }
        if (!documents && (job.has("window") || job.isTrue("full"))) {
            errors.add(job.path(), "window and full mean nothing for kind %s; remove them".formatted(kind));
        }
        if (documents && job.isTrue("full") && job.has("window")) {
            errors.add(job.at("window").path(), "means nothing beside full: true; remove one of them");
        }
        if (documents && !job.isTrue("full") && !dataset.at("source").has("change-time")) {
            errors.add(
                    job.path(),
                    "compares a window, which needs %s; right is that column, or full: true"
                            .formatted(dataset.at("source").at("change-time").path()));
        }
    }

    static String noSuch(String what, String name, Map<String, ConfigNode> known) {
        return "there is no %s '%s'; right is one of %s".formatted(what, name, String.join(", ", known.keySet()));
    }
}
