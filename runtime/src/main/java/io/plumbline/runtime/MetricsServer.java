package io.plumbline.runtime;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/**
 * Answers {@code /metrics} (Prometheus), {@code /live} and {@code /ready}, to who reads them, and nothing else. A request is
 * read by a thread of its own, so that one that comes slowly or never whole holds up no other, and is cut off after
 * {@link #REQUEST_SECONDS}.
 */
public final class MetricsServer implements AutoCloseable {

    /** How long a request may take to arrive, and a connection may stand without one. */
    static final long REQUEST_SECONDS = 10;

    private static final long RESPONSE_SECONDS = 60;
    /** Each may take a thread for as long. */
    private static final int CONNECTIONS = 200;

    private static final List<String> READING = List.of("GET", "HEAD");

    static {
        // The JDK has no other way to limit its server, and reads them once, when the first one is made.
        setUnlessGiven("sun.net.httpserver.maxReqTime", REQUEST_SECONDS);
        setUnlessGiven("sun.net.httpserver.maxRspTime", RESPONSE_SECONDS);
        setUnlessGiven("jdk.httpserver.maxConnections", CONNECTIONS);
    }

    private final HttpServer server;
    private final ExecutorService threads;

    private MetricsServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * @param address a host name or address of this machine; {@code 0.0.0.0} for all
     * @param port {@code 0} for any free one
     */
    public static MetricsServer start(String address, int port, PrometheusMeterRegistry meters, BooleanSupplier ready) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(address), port), 0);
            server.createContext("/", exchange -> answer(exchange, meters, ready));
            // Not virtual ones: the JDK's server reads in a monitor, where those of Java 21 keep their carriers.
            ExecutorService threads = Executors.newCachedThreadPool(
                    Thread.ofPlatform().daemon().name("metrics-", 1).factory());
            server.setExecutor(threads);
            server.start();
            return new MetricsServer(server, threads);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot answer metrics at %s, port %d: apps.metrics-address must be of this machine, and the port not in use"
                            .formatted(address, port),
                    e);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void setUnlessGiven(String property, long value) {
        System.getProperties().putIfAbsent(property, Long.toString(value));
    }

    /** By the whole path: what begins with one of the three is none of them. */
    private static void answer(HttpExchange exchange, PrometheusMeterRegistry meters, BooleanSupplier ready)
            throws IOException {
        if (!READING.contains(exchange.getRequestMethod())) {
            exchange.getResponseHeaders().set("Allow", String.join(", ", READING));
            answer(exchange, 405, "it can only be read: GET\n");
            return;
        }
        switch (exchange.getRequestURI().getPath()) {
            case "/metrics" -> answer(exchange, 200, meters.scrape());
            case "/live" -> answer(exchange, 200, "live\n");
            case "/ready" -> {
                boolean now = ready.getAsBoolean();
                answer(exchange, now ? 200 : 503, now ? "ready\n" : "not ready\n");
            }
            default -> answer(exchange, 404, "there are /live, /ready and /metrics\n");
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        try (exchange) {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(status, -1);
                return;
            }
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
