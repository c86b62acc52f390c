package io.plumbline.runtime.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the secrets that stand in files of their own. */
final class SecretFiles {

    private SecretFiles() {}

    /** Replaces {@code password-file} of PostgreSQL and Redis, and {@code url-file} of MongoDB and of notifications, by what the files hold. */
    static void resolve(ObjectNode root, ConfigErrors errors) {
        resolve(ConfigNode.of(root).at("postgres"), "password", errors);
        resolve(ConfigNode.of(root).at("redis"), "password", errors);
        resolve(ConfigNode.of(root).at("mongo"), "url", errors);
        resolve(ConfigNode.of(root).at("notifications"), "url", errors);
    }

    private static void resolve(ConfigNode section, String key, ConfigErrors errors) {
        Optional<String> file = section.text(key + "-file");
        if (file.isEmpty() || !(section.json() instanceof ObjectNode object)) {
            return;
        }
        object.remove(key + "-file");
        if (object.has(key)) {
            errors.add(section.at(key + "-file").path(), "is given beside " + key + "; one of them is right");
            return;
        }
        // An unreadable file is told once, not as a missing key too.
        object.put(
                key,
                read(section.path() + "." + key + "-file", file.get(), errors).orElse("mongodb://unreadable"));
    }

    static Optional<String> read(String what, String file, ConfigErrors errors) {
        try {
            return Optional.of(Files.readString(Path.of(file)).stripTrailing());
        } catch (IOException | InvalidPathException e) {
            errors.add(
                    what,
                    "cannot read '" + file + "' (" + e.getClass().getSimpleName()
                            + "); right is a file that this process may read");
            return Optional.empty();
        }
    }
}
