package io.plumbline.local.security;

import io.plumbline.local.chaos.AppProcess;
import io.plumbline.local.chaos.Fleet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;

/**
 * An app in a JVM of its own that is to end by itself, and what it had to say.
 *
 * @param status its exit status
 */
record AppRun(int status, String output) {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Throws {@link IllegalStateException} with what it said where it does not end. */
    static AppRun toItsEnd(Class<?> main, Path config, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path log = Files.createTempFile(config.getParent(), main.getSimpleName(), ".log");
        try (AppProcess process = AppProcess.start(Fleet.OWN_CLASSPATH, main, config, environment, log)) {
            OptionalInt status = process.awaitStatus(PATIENCE);
            String output = Files.readString(log, StandardCharsets.UTF_8);
            return new AppRun(
                    status.orElseThrow(() -> new IllegalStateException(
                            main.getSimpleName() + " went on for " + PATIENCE + ":\n" + output)),
                    output);
        }
    }
}
