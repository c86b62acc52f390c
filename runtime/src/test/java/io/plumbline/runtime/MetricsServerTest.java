package io.plumbline.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class MetricsServerTest {

    @Test
    void shouldAnswerMetricsAndHealthWhenAsked() throws IOException, InterruptedException {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        meters.counter("plumbline.test").increment();
        AtomicBoolean ready = new AtomicBoolean();

        try (MetricsServer server = MetricsServer.start("127.0.0.1", 0, meters, ready::get)) {
            assertThat(get(server, "/metrics").body()).contains("plumbline_test_total 1.0");
            assertThat(get(server, "/live").statusCode()).isEqualTo(200);
            assertThat(get(server, "/ready").statusCode()).isEqualTo(503);

            ready.set(true);

            assertThat(get(server, "/ready").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void shouldAnswerNothingElseWhenAskedForIt() throws IOException, InterruptedException {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

        try (MetricsServer server = MetricsServer.start("127.0.0.1", 0, meters, () -> true)) {
            assertThat(List.of(
                            "/",
                            "/metrics/",
                            "/metrics/config",
                            "/live2",
                            "/ready/../config",
                            "/health",
                            "/actuator/env"))
                    .allSatisfy(
                            path -> assertThat(get(server, path).statusCode()).isEqualTo(404));
            assertThat(List.of("POST", "PUT", "DELETE"))
                    .allSatisfy(
                            method -> assertThat(ask(server, "/live", method).statusCode())
                                    .isEqualTo(405));
            assertThat(ask(server, "/live", "HEAD").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void shouldAnswerOthersAndCutItOffWhenARequestIsNeverWhole() throws IOException, InterruptedException {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        int patience =
                (int) Duration.ofSeconds(3 * MetricsServer.REQUEST_SECONDS).toMillis();

        try (MetricsServer server = MetricsServer.start("127.0.0.1", 0, meters, () -> true);
                Socket half = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            half.getOutputStream().write("GET /live HT".getBytes(StandardCharsets.US_ASCII));
            half.setSoTimeout(patience);

            assertThat(get(server, "/live").statusCode()).isEqualTo(200);
            assertThat(get(server, "/metrics").statusCode()).isEqualTo(200);
            // The end of the stream: whoever is not cut off waits until the socket's patience ends with an exception.
            assertThat(half.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void shouldLeaveNoThreadBehindWhenItIsClosedAmidARequest() throws IOException {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Set<Thread> before = Thread.getAllStackTraces().keySet();

        try (MetricsServer server = MetricsServer.start("127.0.0.1", 0, meters, () -> true);
                Socket half = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            half.getOutputStream().write("GET /live HT".getBytes(StandardCharsets.US_ASCII));
            await().until(() -> !readers(before).isEmpty());

            server.close();

            await().until(() -> readers(before).isEmpty());
        }
    }

    private static List<String> readers(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .map(Thread::getName)
                .filter(name -> name.startsWith("metrics-"))
                .toList();
    }

    @Test
    void shouldSayWhichSettingIsWrongWhenItCannotListenThere() {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

        // Of the addresses that are reserved for documentation.
        assertThatThrownBy(() -> MetricsServer.start("192.0.2.1", 0, meters, () -> true))
                .hasMessageContaining("192.0.2.1")
                .hasMessageContaining("apps.metrics-address");
    }

    private static HttpResponse<String> get(MetricsServer server, String path)
            throws IOException, InterruptedException {
        return ask(server, path, "GET");
    }

    private static HttpResponse<String> ask(MetricsServer server, String path, String method)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
