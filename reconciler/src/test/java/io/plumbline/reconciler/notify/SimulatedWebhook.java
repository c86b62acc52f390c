package io.plumbline.reconciler.notify;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A webhook on the loopback address that answers as it is told to, with 200 otherwise. */
final class SimulatedWebhook implements AutoCloseable {

    /** An answer that does not come before the webhook is closed. */
    static final int NEVER = 0;

    /** What was posted, and when by {@link System#nanoTime()}. */
    record Post(String body, long at) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Post> posts = new ArrayList<>();
    private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();

    SimulatedWebhook() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/services/T0/B0/verysecret");
    }

    /** The next posts are answered so. */
    SimulatedWebhook answering(Integer... next) {
        statuses.addAll(List.of(next));
        return this;
    }

    List<Post> posts() {
        synchronized (posts) {
            return List.copyOf(posts);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            synchronized (posts) {
                posts.add(new Post(body, System.nanoTime()));
            }
            Integer status = statuses.poll();
            if (status != null && status == NEVER) {
                closing.await();
                return;
            }
            if (status != null && status == 429) {
                exchange.getResponseHeaders().set("Retry-After", "1");
            }
            exchange.sendResponseHeaders(status == null ? 200 : status, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.close();
    }
}
