package io.plumbline.local.servers;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.testcontainers.utility.DockerImageName;

/** The images that {@code compose} deploys, in the versions of its {@code .env}. */
final class ImageVersions {

    private static final Path FILE = Path.of("..", "compose", ".env");

    private final Properties versions = new Properties();

    ImageVersions() {
        try (Reader reader = Files.newBufferedReader(FILE)) {
            versions.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param key such as {@code KAFKA_VERSION} */
    DockerImageName image(String name, String key) {
        String version = versions.getProperty(key);
        if (version == null) {
            throw new IllegalStateException(FILE + " has no " + key);
        }
        return DockerImageName.parse(name).withTag(version);
    }
}
