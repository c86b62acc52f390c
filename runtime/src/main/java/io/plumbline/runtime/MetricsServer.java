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
import java.util.function.BooleanSupplier;

/** Answers {@code /metrics} (Prometheus), {@code /live} and {@code /ready}, to who reads them, and nothing else. */
public final class MetricsServer implements AutoCloseable {

    private static final List<String> READING = List.of("GET", "HEAD");

    private final HttpServer server;

    private MetricsServer(HttpServer server) {
        this.server = server;
    }

    /**
     * @param address a host name or address of this machine; {@code 0.0.0.0} for all
     * @param port {@code 0} for any free one
     */
    public static MetricsServer start(String address, int port, PrometheusMeterRegistry meters, BooleanSupplier ready) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(address), port), 0);
            server.createContext("/", exchange -> answer(exchange, meters, ready));
            server.start();
            return new MetricsServer(server);
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
