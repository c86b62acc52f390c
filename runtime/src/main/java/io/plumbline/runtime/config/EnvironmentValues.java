package io.plumbline.runtime.config;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * What the environment says: a variable's value is its text or, with {@code _FILE} appended to the name, what the named file
 * holds. Keeps in mind which variables were asked for.
 */
final class EnvironmentValues {

    private static final String KAFKA_PROPERTIES = "PLUMBLINE_KAFKA_PROPERTIES_";
    private static final String FILE = "_FILE";

    private final Map<String, String> environment;
    private final ConfigErrors errors;
    private final Set<String> used = new HashSet<>();

    EnvironmentValues(Map<String, String> environment, ConfigErrors errors) {
        this.environment = new TreeMap<>(environment);
        this.errors = errors;
    }

    Optional<String> value(String name) {
        String text = environment.get(name);
        String file = environment.get(name + FILE);
        used.add(name);
        used.add(name + FILE);
        if (text != null && file != null) {
            errors.add("environment " + name, "is given twice, also as " + name + "_FILE; one of them is right");
        }
        return file == null ? Optional.ofNullable(text) : SecretFiles.read("environment " + name + FILE, file, errors);
    }

    /** Kafka's properties that were not asked for by name, as Kafka spells them. */
    void forEachKafkaProperty(BiConsumer<String, String> taker) {
        environment.keySet().stream()
                .filter(name -> name.startsWith(KAFKA_PROPERTIES) && !used.contains(name))
                .map(name -> name.endsWith(FILE) ? name.substring(0, name.length() - FILE.length()) : name)
                .distinct()
                .toList()
                .forEach(name -> value(name).ifPresent(text -> taker.accept(property(name), text)));
    }

    /** The names, in order, that nobody asked for. */
    Set<String> unused() {
        Set<String> names = new TreeSet<>(environment.keySet());
        names.removeAll(used);
        return names;
    }

    private static String property(String name) {
        return name.substring(KAFKA_PROPERTIES.length())
                .toLowerCase(Locale.ROOT)
                .replace('_', '.');
    }
}
