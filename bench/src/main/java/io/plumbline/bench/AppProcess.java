package io.plumbline.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * An app in a JVM of its own, with a state directory, a log and a port for its meters.
 *
 * @param name of this process: several may run one app
 * @param state where Kafka Streams keeps its stores
 */
record AppProcess(App app, String name, JavaProcess process, Path state, Path log, int metricsPort)
        implements AutoCloseable {

    private static final int LAST_WORDS = 15;

    /** @param directory for the state and the log */
    static AppProcess start(App app, String name, Path config, Path directory, String heap) {
        Path state = directory.resolve(name + ".state");
        Path log = directory.resolve(name + ".log");
        int port = freePort();
        Map<String, String> environment = Map.of(
                "PLUMBLINE_KAFKA_STATE_DIR",
                state.toString(),
                "PLUMBLINE_APPS_METRICS_PORT",
                Integer.toString(port),
                // As an app logs that is deployed.
                "PLUMBLINE_LOG",
                "INFO");
        JavaProcess process =
                JavaProcess.start(app.main(), List.of("-Xmx" + heap), environment, log, config.toString());
        return new AppProcess(app, name, process, state, log, port);
    }

    boolean isAlive() {
        return process.handle().isAlive();
    }

    /** Throws with its last words where it has ended. */
    void requireAlive() {
        if (!isAlive()) {
            throw new IllegalStateException(name + " has ended; its last words:\n" + lastWords());
        }
    }

    String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_WORDS), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no port is free", e);
        }
    }
}
