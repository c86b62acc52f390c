package io.plumbline.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A Java process of its own with this one's class path; what it logs goes to a file, its standard output is read. */
final class JavaProcess implements AutoCloseable {

    private final String name;
    private final Process process;
    private final Thread ender;
    private final BufferedReader output;
    private final BufferedWriter input;

    private JavaProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        this.ender = new Thread(process::destroyForcibly, "end " + name);
        Runtime.getRuntime().addShutdownHook(ender);
        this.output = process.inputReader(StandardCharsets.UTF_8);
        this.input = process.outputWriter(StandardCharsets.UTF_8);
    }

    static JavaProcess start(String main, List<String> jvmOptions, Path log, String... arguments) {
        return start(main, jvmOptions, Map.of(), log, arguments);
    }

    /** @param environment what it has besides this process's own */
    static JavaProcess start(
            String main, List<String> jvmOptions, Map<String, String> environment, Path log, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            return new JavaProcess(main.substring(main.lastIndexOf('.') + 1), builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Sends a line and waits for the line that answers it. */
    String ask(String line) {
        try {
            input.write(line);
            input.newLine();
            input.flush();
            String answer = output.readLine();
            if (answer == null) {
                throw new IllegalStateException(name + " has ended");
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(name + " does not answer", e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
