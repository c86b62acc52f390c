package io.plumbline.local.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * An app in a JVM of its own that is to end by itself, and what it had to say.
 *
 * @param status its exit status
 */
record AppRun(int status, String output) {

    private static final List<String> FLAGS = List.of(
            "-XX:+IgnoreUnrecognizedVMOptions",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx192m");
    private static final long PATIENCE_SECONDS = 60;

    /** Throws {@link IllegalStateException} with what it said where it does not end. */
    static AppRun toItsEnd(Class<?> main, Path config, Map<String, String> environment)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(FLAGS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName(), config.toString()));
        Path log = Files.createTempFile(config.getParent(), main.getSimpleName(), ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        String output = Files.readString(log, StandardCharsets.UTF_8);
        if (!ended) {
            throw new IllegalStateException(
                    main.getSimpleName() + " went on for " + PATIENCE_SECONDS + " s:\n" + output);
        }
        return new AppRun(process.exitValue(), output);
    }
}
