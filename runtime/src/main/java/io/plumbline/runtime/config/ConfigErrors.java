package io.plumbline.runtime.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects errors, so that all are told at once. */
final class ConfigErrors {

    private final Set<String> errors = new LinkedHashSet<>();

    void add(String path, String message) {
        errors.add(path + ": " + message);
    }

    void addAll(List<String> messages) {
        errors.addAll(messages);
    }

    /** Throws {@link ConfigException} if there are any. */
    void throwIfAny() {
        if (!errors.isEmpty()) {
            throw new ConfigException(new ArrayList<>(errors));
        }
    }
}
