package io.plumbline.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server (real binaries) as a process of its own, on the loopback address, ready for logical replication. It
 * can be stopped, killed, and started again on the same port with the same data. It runs without fsync: nothing about
 * power loss can be learned from it.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String USER = "postgres";
    private static final String DATABASE = "postgres";
    // Connections are trusted, so that any password does; clients want one all the same.
    private static final String PASSWORD = "plumbline";

    private final DataDirectory directory;
    private final int port;
    private io.zonky.test.db.postgres.embedded.@Nullable EmbeddedPostgres server;

    private EmbeddedPostgres(DataDirectory directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    /** A server with a temporary directory on a port of its choice. */
    public static EmbeddedPostgres start() {
        return start(null, 0);
    }

    /**
     * @param data where it keeps its data over restarts; {@code null} for a temporary directory
     * @param port the port that clients connect to; 0 for any
     */
    public static EmbeddedPostgres start(@Nullable Path data, int port) {
        EmbeddedPostgres postgres =
                new EmbeddedPostgres(DataDirectory.of(data, "postgres"), port == 0 ? freePort() : port);
        postgres.endLeftOver();
        postgres.restart();
        return postgres;
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    public String user() {
        return USER;
    }

    public String password() {
        return PASSWORD;
    }

    public int port() {
        return port;
    }

    /** A new connection; the caller closes it. */
    public Connection connect() throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl());
        source.setUser(USER);
        source.setPassword(PASSWORD);
        return source.getConnection();
    }

    /** Starts it again after {@link #stop()} or {@link #kill()}, on the same port. Does nothing while it runs. */
    public synchronized void restart() {
        if (server != null) {
            return;
        }
        try {
            server = io.zonky.test.db.postgres.embedded.EmbeddedPostgres.builder()
                    .setDataDirectory(directory.path())
                    .setCleanDataDirectory(false)
                    // Who has started it closes it, after what uses it.
                    .setRegisterShutdownHook(false)
                    .setOverrideWorkingDirectory(binaries().toFile())
                    .setPort(port)
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .setLocaleConfig("locale", "C")
                    .setLocaleConfig("locale-provider", "icu")
                    .setLocaleConfig("icu-locale", "en-US")
                    .setServerConfig("wal_level", "logical")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("max_connections", "200")
                    .setServerConfig("max_wal_senders", "10")
                    .setServerConfig("max_replication_slots", "10")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL cannot be started in " + directory.path(), e);
        }
    }

    /** Stops it: connections are cut, data is kept. */
    public synchronized void stop() {
        if (server == null) {
            return;
        }
        Optional<ProcessHandle> running = postmaster();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL cannot be stopped", e);
        } finally {
            server = null;
            // It waits for whoever reads its log, who may be gone or slow; it has had its time.
            running.filter(ProcessHandle::isAlive).ifPresent(EmbeddedPostgres::end);
        }
    }

    /** Ends the server process at once, as a crash does; what was committed is recovered at the next start. */
    public synchronized void kill() {
        postmaster().ifPresent(EmbeddedPostgres::end);
        stop();
    }

    @Override
    public void close() {
        stop();
        directory.close();
    }

    /** A server that outlived the process that had started it would keep the directory and the port. */
    private void endLeftOver() {
        postmaster().ifPresent(process -> {
            log.warn("a PostgreSQL server ({}) was left over in {}; it is ended", process.pid(), directory.path());
            end(process);
        });
    }

    private Optional<ProcessHandle> postmaster() {
        Path pidFile = directory.path().resolve("postmaster.pid");
        try {
            if (!Files.exists(pidFile)) {
                return Optional.empty();
            }
            long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
            return ProcessHandle.of(pid)
                    .filter(process -> process.info().command().orElse("").contains("postgres"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + pidFile, e);
        }
    }

    /** With its backends: while one of them is there, the directory cannot be used again. */
    private static void end(ProcessHandle process) {
        List<ProcessHandle> all = new ArrayList<>(List.of(process));
        all.addAll(process.descendants().toList());
        all.forEach(ProcessHandle::destroyForcibly);
        try {
            all.forEach(each -> each.onExit().join());
        } catch (CompletionException e) {
            throw new IllegalStateException("PostgreSQL (" + process.pid() + ") did not end", e);
        }
    }

    /** One directory a user: the binaries that another user has unpacked are none of ours to refresh. */
    private static Path binaries() throws IOException {
        Path directory = Path.of(
                System.getProperty("java.io.tmpdir"), "plumbline-postgres-binaries-" + System.getProperty("user.name"));
        return Files.createDirectories(directory);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
        }
    }
}
