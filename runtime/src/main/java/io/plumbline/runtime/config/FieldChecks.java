package io.plumbline.runtime.config;

import com.fasterxml.jackson.core.JsonPointer;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Checks of mapped fields. */
final class FieldChecks {

    private static final Set<String> TIMES = Set.of("auto", "date", "timestamp");
    private static final Set<String> NUMBERS = Set.of("auto", "number");
    private static final Set<String> TEXTS = Set.of("auto", "text");

    private final ConfigErrors errors;

    FieldChecks(ConfigErrors errors) {
        this.errors = errors;
    }

    void check(ConfigNode field) {
        field.text("path").ifPresent(pointer -> checkPointer(field.at("path"), pointer, errors));
        field.text("zone").ifPresent(zone -> checkZone(field.at("zone"), zone, errors));
        field.text("format").ifPresent(format -> checkFormat(field.at("format"), format));
        only(field, "format", TIMES);
        only(field, "zone", TIMES);
        only(field, "scale", NUMBERS);
        only(field, "tolerance", NUMBERS);
        only(field, "letter-case", TEXTS);
    }

    /** Two fields must not write the same place, nor one inside another, nor one that is part of the key. */
    void checkTargets(ConfigNode dataset) {
        Map<String, String> taken = new LinkedHashMap<>();
        String place = dataset.at("target").has("array") ? "element" : "document";
        for (ConfigNode part : dataset.at("key").items()) {
            part.text(place).ifPresent(field -> taken.put(field, part.path()));
        }
        for (ConfigNode field : dataset.at("fields").items()) {
            field.text("target").ifPresent(target -> {
                taken.forEach((other, path) -> {
                    if (overlap(target, other)) {
                        errors.add(
                                field.at("target").path(),
                                "'%s' is also written by %s ('%s')".formatted(target, path, other));
                    }
                });
                taken.put(target, field.path());
            });
        }
    }

    private static boolean overlap(String one, String other) {
        return one.equals(other) || one.startsWith(other + ".") || other.startsWith(one + ".");
    }

    private void only(ConfigNode field, String key, Set<String> types) {
        String type = field.text("type").orElse("auto");
        if (field.has(key) && !types.contains(type)) {
            errors.add(
                    field.at(key).path(),
                    "means nothing for type %s; right are the types %s"
                            .formatted(
                                    type,
                                    String.join(", ", types.stream().sorted().toList())));
        }
    }

    private void checkFormat(ConfigNode node, String format) {
        try {
            DateTimeFormatter unused = DateTimeFormatter.ofPattern(format);
        } catch (IllegalArgumentException e) {
            errors.add(
                    node.path(),
                    "'%s' is no pattern of dates and times (%s); right is one such as yyyy-MM-dd HH:mm:ss"
                            .formatted(format, e.getMessage()));
        }
    }

    static void checkPointer(ConfigNode node, String pointer, ConfigErrors errors) {
        try {
            if (!JsonPointer.compile(pointer).matches()) {
                return;
            }
        } catch (IllegalArgumentException e) {
            errors.add(node.path(), "'%s' is no JSON pointer; right is one such as /debt/amount".formatted(pointer));
            return;
        }
        errors.add(node.path(), "is empty; right is a JSON pointer such as /debt/amount");
    }

    static void checkZone(ConfigNode node, String zone, ConfigErrors errors) {
        try {
            ZoneId unused = ZoneId.of(zone);
        } catch (DateTimeException e) {
            errors.add(node.path(), "'%s' is no time zone; right is one such as UTC or Europe/Berlin".formatted(zone));
        }
    }
}
