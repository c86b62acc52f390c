package io.plumbline.local.system;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Optional real data for tests: a folder named by {@code PLUMBLINE_TEST_DATA}, or {@code shared/data} beside the project. */
public final class RealData {

    public static final String REASON = "the optional real data is not there (set PLUMBLINE_TEST_DATA to its folder)";

    private RealData() {}

    public static Optional<Path> folder(String name) {
        return folder(name, System.getenv());
    }

    private static Optional<Path> folder(String name, Map<String, String> environment) {
        String named = environment.get("PLUMBLINE_TEST_DATA");
        if (named != null) {
            return Optional.of(Path.of(named, name)).filter(Files::isDirectory);
        }
        for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
            Path data = up.resolve("shared").resolve("data").resolve(name);
            if (Files.isDirectory(data)) {
                return Optional.of(data);
            }
        }
        return Optional.empty();
    }
}
