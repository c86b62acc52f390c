package io.plumbline.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where an embedded part keeps its state: a directory that stays, or a temporary one that goes when the part is closed. */
record DataDirectory(Path path, boolean temporary) implements AutoCloseable {

    /** @param kept a directory to keep state in, created where it does not exist; {@code null} for a temporary one */
    static DataDirectory of(@Nullable Path kept, String part) {
        try {
            if (kept == null) {
                return new DataDirectory(Files.createTempDirectory("plumbline-" + part + "-"), true);
            }
            return new DataDirectory(
                    Files.createDirectories(kept.toAbsolutePath().normalize()), false);
        } catch (IOException e) {
            throw new UncheckedIOException("no directory for " + part + (kept == null ? "" : " at " + kept), e);
        }
    }

    @Override
    public void close() {
        if (!temporary) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the temporary directory " + path + " could not be deleted", e);
        }
    }
}
