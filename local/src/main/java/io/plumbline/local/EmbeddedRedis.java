package io.plumbline.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/**
 * A Redis server (real binary) as a process of its own, on the loopback address. It can be stopped, killed, and started
 * again on the same port: empty, as a cache is, or where a directory is given with what it held (appended to a file
 * every second).
 */
public final class EmbeddedRedis implements AutoCloseable {

    private static final String READY = "Ready to accept connections";
    private static final Pattern PID = Pattern.compile("[0-9]{1,9}");
    private static final int LAST_WORDS = 20;

    private final DataDirectory directory;
    private final int port;
    private final List<String> settings;
    private @Nullable Process server;

    private EmbeddedRedis(DataDirectory directory, int port, List<String> settings) {
        this.directory = directory;
        this.port = port;
        this.settings = settings;
    }

    /** A server that keeps nothing, on a port of its choice. */
    public static EmbeddedRedis start() {
        return start(null, 0);
    }

    /**
     * @param data where it keeps its data over restarts; {@code null} where it starts empty each time
     * @param port the port that clients connect to; 0 for any
     * @param settings further options, such as {@code --maxmemory}, {@code 10mb}
     */
    public static EmbeddedRedis start(@Nullable Path data, int port, String... settings) {
        DataDirectory directory = DataDirectory.of(data, "redis");
        List<String> all = new ArrayList<>(List.of("--save", "", "--appendonly", data == null ? "no" : "yes"));
        all.addAll(List.of(settings));
        EmbeddedRedis redis = new EmbeddedRedis(directory, port == 0 ? freePort() : port, all);
        redis.endLeftOver();
        redis.restart();
        return redis;
    }

    public int port() {
        return port;
    }

    /** Host and port, as the configuration names a node. */
    public String node() {
        return "127.0.0.1:" + port;
    }

    /** Starts it again after {@link #stop()} or {@link #kill()}, on the same port. Does nothing while it runs. */
    public synchronized void restart() {
        if (server != null) {
            return;
        }
        List<String> command = new ArrayList<>(List.of(
                Executable.FILE.toString(),
                "--bind",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--dir",
                directory.path().toString(),
                "--pidfile",
                pidFile().toString()));
        command.addAll(settings);
        try {
            Process starting =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            server = starting;
            Files.writeString(pidFile(), Long.toString(starting.pid()));
            awaitReady(starting);
        } catch (IOException e) {
            throw new UncheckedIOException("Redis cannot be started in " + directory.path(), e);
        }
    }

    /** Stops it: connections are cut; what it is to keep is written. */
    public synchronized void stop() {
        if (server != null) {
            server.destroy();
            awaitEnd(server);
        }
    }

    /** Ends the server process at once, as a crash does. */
    public synchronized void kill() {
        if (server != null) {
            server.destroyForcibly();
            awaitEnd(server);
        }
    }

    @Override
    public void close() {
        stop();
        directory.close();
    }

    private void awaitEnd(Process process) {
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            Files.deleteIfExists(pidFile());
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            server = null;
        }
    }

    /** Reads what it says until it is ready, and goes on reading so that it never waits for us. */
    private void awaitReady(Process process) throws IOException {
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        List<String> lines = new ArrayList<>();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            lines.add(line);
            if (line.contains(READY)) {
                Thread.ofVirtual().name("redis-output").start(() -> drain(said));
                return;
            }
        }
        server = null;
        throw new IOException("Redis ended: " + lines.subList(Math.max(0, lines.size() - LAST_WORDS), lines.size()));
    }

    private static void drain(BufferedReader said) {
        try (said) {
            said.transferTo(Writer.nullWriter());
        } catch (IOException e) {
            return; // the process has ended, and its output with it
        }
    }

    /** A server that outlived the process that had started it would keep the directory and the port. */
    private void endLeftOver() {
        try {
            if (!Files.exists(pidFile())) {
                return;
            }
            String pid = Files.readString(pidFile()).strip();
            if (PID.matcher(pid).matches()) {
                ProcessHandle.of(Long.parseLong(pid))
                        .filter(process -> process.info().command().orElse("").contains("redis"))
                        .ifPresent(process -> {
                            process.destroyForcibly();
                            process.onExit().join();
                        });
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + pidFile(), e);
        }
    }

    private Path pidFile() {
        return directory.path().resolve("redis.pid");
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
        }
    }

    /** The binary, unpacked once a process. */
    private static final class Executable {
        static final Path FILE = unpack();

        private static Path unpack() {
            try {
                Path directory = Files.createTempDirectory("plumbline-redis-binary-");
                Path file = ExecutableProvider.newJarResourceProvider(directory.toFile())
                        .get()
                        .toPath();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
                return file;
            } catch (IOException e) {
                throw new UncheckedIOException("the Redis binary cannot be unpacked", e);
            }
        }

        private static void delete(Path directory) {
            new DataDirectory(directory, true).close();
        }
    }
}
