package io.plumbline.runtime.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What a dataset or an exchange brings along: jobs, schedules, and the defaults that depend on names. What the file declares is
 * kept; a declared job of another kind than the derived one replaces it whole.
 */
final class DerivedEntries {

    private final ObjectNode root;

    private DerivedEntries(ObjectNode root) {
        this.root = root;
    }

    /** Completes the tree in place. */
    static void addTo(ObjectNode root) {
        DerivedEntries derived = new DerivedEntries(root);
        ConfigNode.of(root).at("exchanges").entries().forEach((name, exchange) -> {
            if (exchange.json() instanceof ObjectNode object) {
                setIfAbsent(object, "exchange-id", name);
                derived.addScans(name);
            }
        });
        ConfigNode.of(root).at("datasets").entries().forEach((name, dataset) -> {
            if (dataset.json() instanceof ObjectNode object) {
                derived.completeDataset(name, object);
                derived.addJobs(name, dataset);
                derived.addSchedules(name);
            }
        });
    }

    private void completeDataset(String name, ObjectNode dataset) {
        setIfAbsent(dataset, "group", name);
        if (dataset.get("outbox") instanceof ObjectNode outbox) {
            String identifier = "plumbline_" + name.toLowerCase(Locale.ROOT).replace('-', '_');
            String shortened = identifier.substring(0, Math.min(63, identifier.length()));
            setIfAbsent(outbox, "slot", shortened);
            setIfAbsent(outbox, "publication", shortened);
            JsonNode firstColumn = dataset.path("source").path("primary-key").path(0);
            if (firstColumn.isTextual()) {
                setIfAbsent(outbox, "source-column", firstColumn.asText());
            }
            if (!dataset.has("clean-up")) {
                dataset.putObject("clean-up");
            }
        }
        for (JsonNode field : dataset.path("fields")) {
            if (field instanceof ObjectNode object && object.path("source").isTextual()) {
                setIfAbsent(object, "target", object.get("source").asText());
            }
        }
    }

    private void addJobs(String name, ConfigNode dataset) {
        boolean windows = dataset.at("source").has("change-time");
        boolean outbox = dataset.has("outbox");
        addJob(name, "documents", job -> job.put("dataset", name).put("full", !windows));
        addJob(name + "-full", "documents", job -> job.put("dataset", name).put("full", true));
        if (outbox) {
            addJob(name + "-outbox-retry", "outbox-retry", job -> job.put("dataset", name));
            addJob(name + "-clean-up", "clean-up", job -> job.put("dataset", name));
        }
        addJob(name + "-hourly", "sequence", job -> {
            ArrayNode steps = job.putArray("steps");
            Stream<String> names =
                    outbox ? Stream.of(name + "-outbox-retry", name, name + "-clean-up") : Stream.of(name);
            names.forEach(steps::add);
        });
    }

    private void addJob(String name, String kind, Consumer<ObjectNode> presets) {
        ObjectNode jobs = section("jobs");
        if (jobs.has(name) && !jobs.get(name).path("kind").asText(kind).equals(kind)) {
            return;
        }
        ObjectNode job = root.objectNode().put("kind", kind);
        presets.accept(job);
        complete(jobs, name, job);
    }

    private void addSchedules(String name) {
        addSchedule(name + "-hourly", "0 * * * *");
        addSchedule(name + "-full", "0 2 * * *");
    }

    /** The scans of an exchange's candles in the cache, and when they are due. */
    private void addScans(String exchange) {
        addScan(exchange, exchange + "-candles", "30m", false);
        addSchedule(exchange + "-candles", "*/5 * * * *");
        addScan(exchange, exchange + "-candles-hourly", "6h", true);
        addSchedule(exchange + "-candles-hourly", "0 * * * *");
    }

    private void addScan(String exchange, String name, String window, boolean thorough) {
        addJob(
                name,
                "candles",
                job -> job.put("exchange", exchange).put("window", window).put("thorough", thorough));
    }

    /** A schedule of its job's name. */
    private void addSchedule(String job, String cron) {
        complete(section("schedules"), job, root.objectNode().put("cron", cron).put("job", job));
    }

    private ObjectNode section(String name) {
        JsonNode present = root.path(name);
        if (present instanceof ObjectNode section) {
            return section;
        }
        // What is no map stays for the schema to complain about.
        return present.isMissingNode() || present.isNull() ? root.putObject(name) : root.objectNode();
    }

    private static void complete(ObjectNode section, String name, ObjectNode presets) {
        if (!section.has(name)) {
            section.set(name, presets);
        } else if (section.get(name) instanceof ObjectNode declared) {
            presets.properties().stream()
                    .filter(preset -> !declared.has(preset.getKey()))
                    .forEach(preset -> declared.set(preset.getKey(), preset.getValue()));
        }
    }

    private static void setIfAbsent(ObjectNode object, String key, String value) {
        if (!object.hasNonNull(key)) {
            object.put(key, value);
        }
    }
}
