package io.plumbline.local.observability;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.NamingConvention;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The table of all meters as {@code docs/metrics.md} has it: a line per meter, in the order of their names. */
final class MeterTable {

    private static final NamingConvention NAMES = new PrometheusNamingConvention();

    private MeterTable() {}

    /** @param byApp the meters of each app */
    static List<String> of(Map<String, List<Meter.Id>> byApp) {
        Map<String, TreeSet<String>> apps = new TreeMap<>();
        Map<String, Meter.Id> meters = new TreeMap<>();
        byApp.forEach((app, ids) -> ids.forEach(id -> {
            meters.put(name(id), id);
            apps.computeIfAbsent(name(id), name -> new TreeSet<>()).add(app);
        }));
        return meters.entrySet().stream()
                .map(entry ->
                        line(entry.getKey(), entry.getValue(), apps.getOrDefault(entry.getKey(), new TreeSet<>())))
                .toList();
    }

    /** The names that Prometheus has for the meters of a table's line. */
    static Stream<String> series(String line) {
        List<String> cells = Stream.of(line.split("\\|")).map(String::strip).toList();
        String name = cells.get(1).replace("`", "");
        return cells.get(2).equals("timer")
                ? Stream.of(name + "_count", name + "_sum", name + "_max")
                : Stream.of(name);
    }

    private static String line(String name, Meter.Id id, Collection<String> apps) {
        return "| `%s` | %s | %s | %s | %s | %s |"
                .formatted(
                        name,
                        kind(id),
                        unit(id),
                        id.getTags().stream().map(Tag::getKey).collect(Collectors.joining(", ")),
                        String.join(", ", apps),
                        String.valueOf(id.getDescription()));
    }

    private static String name(Meter.Id id) {
        String name = NAMES.name(id.getName(), id.getType(), id.getBaseUnit());
        return id.getType() == Meter.Type.COUNTER && !name.endsWith("_total") ? name + "_total" : name;
    }

    private static String kind(Meter.Id id) {
        return id.getType().name().toLowerCase(Locale.ROOT);
    }

    private static String unit(Meter.Id id) {
        @Nullable String unit = id.getBaseUnit();
        return id.getType() == Meter.Type.TIMER ? "seconds" : unit == null ? "" : unit;
    }
}
