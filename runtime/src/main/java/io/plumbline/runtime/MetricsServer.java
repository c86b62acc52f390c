package io.plumbline.runtime;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;

/** Answers {@code /metrics} (Prometheus), {@code /live} and {@code /ready}. */
public final class MetricsServer implements AutoCloseable {

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
            server.createContext("/metrics", exchange -> answer(exchange, 200, meters.scrape()));
            server.createContext("/live", exchange -> answer(exchange, 200, "live\n"));
            server.createContext("/ready", exchange -> {
                boolean now = ready.getAsBoolean();
                answer(exchange, now ? 200 : 503, now ? "ready\n" : "not ready\n");
            });
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

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        try (exchange) {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
