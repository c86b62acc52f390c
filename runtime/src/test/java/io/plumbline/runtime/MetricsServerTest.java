package io.plumbline.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
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
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
