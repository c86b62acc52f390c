package io.plumbline.reconciler.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.topics.config.NotificationsConfig.Severity;
import io.plumbline.topics.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NotifierTest {

    private static final Webhook.Patience PATIENCE =
            new Webhook.Patience(1, Duration.ofMillis(5), Duration.ofSeconds(1), Duration.ofSeconds(10));

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Instant now = Instant.parse("2026-11-25T12:00:00Z");
    private SimulatedWebhook server;
    private Webhook webhook;
    private Notifier notifier;

    @BeforeEach
    void start() throws IOException {
        server = new SimulatedWebhook();
        webhook = new Webhook(server.url(), PATIENCE);
        InstantSource clock = () -> now;
        notifier = new Notifier(
                webhook,
                Severity.WARNING,
                new NoticeLimit(clock.withZone(ZoneOffset.UTC), 4),
                new NotificationMetrics(meters));
    }

    @AfterEach
    void stop() {
        webhook.close();
        server.close();
    }

    @Test
    void shouldTellOnlyWhatIsSevereEnough() throws InterruptedException {
        tell(Notice.Kind.RUN, Severity.INFO, "too little");
        tell(Notice.Kind.RUN, Severity.WARNING, "enough");
        tell(Notice.Kind.RUN, Severity.CRITICAL, "more");

        assertThat(texts()).containsExactly("Plumbline, warning: enough", "Plumbline, critical: more");
    }

    @Test
    void shouldHoldBackOneKindAndTellOthersWhenThereAreTooManyOfIt() throws InterruptedException {
        for (int i = 1; i <= 5; i++) {
            tell(Notice.Kind.DEAD_LETTER, Severity.WARNING, "letter " + i);
        }
        tell(Notice.Kind.RUN, Severity.CRITICAL, "run");

        assertThat(texts())
                .containsExactly(
                        "Plumbline, warning: letter 1", "Plumbline, warning: letter 2", "Plumbline, critical: run");
        assertThat(server.posts().getLast().body()).contains("3 of kind dead-letter");
        assertThat(count("held-back")).isEqualTo(3);
        assertThat(count("sent")).isEqualTo(3);
    }

    @Test
    void shouldTellNoMoreThanInAllWhenKindsComeTogether() throws InterruptedException {
        for (Notice.Kind kind : Notice.Kind.values()) {
            tell(kind, Severity.CRITICAL, "1");
            tell(kind, Severity.CRITICAL, "2");
        }

        assertThat(server.posts()).hasSize(4);
    }

    @Test
    void shouldTellAgainAndSayWhatWasHeldBackWhenTheMinuteIsOver() throws InterruptedException {
        for (int i = 1; i <= 3; i++) {
            tell(Notice.Kind.RUN, Severity.CRITICAL, "run " + i);
        }
        now = now.plus(Duration.ofMinutes(1));
        tell(Notice.Kind.RUN, Severity.CRITICAL, "run 4");
        tell(Notice.Kind.RUN, Severity.CRITICAL, "run 5");

        assertThat(texts()).hasSize(4);
        assertThat(server.posts().get(2).body()).contains("1 of kind run");
        assertThat(server.posts().get(3).body()).doesNotContain("of kind run");
    }

    @Test
    void shouldSayWithTheNextThatOneWasNotDeliveredWhenTheWebhookFails() throws InterruptedException {
        server.answering(500);
        tell(Notice.Kind.RUN, Severity.CRITICAL, "lost");
        tell(Notice.Kind.DRIFT, Severity.WARNING, "told");

        assertThat(server.posts().getLast().body()).contains("told").contains("1 of kind run");
        assertThat(count("undelivered")).isEqualTo(1);
    }

    @Test
    void shouldLeaveNoMarkupInWhatOthersWroteWhenItIsTold() throws InterruptedException {
        tell(Notice.Kind.DEAD_LETTER, Severity.WARNING, "<http://elsewhere|click> & \"more\"");

        assertThat(texts()).containsExactly("Plumbline, warning: &lt;http://elsewhere|click&gt; &amp; \"more\"");
    }

    private void tell(Notice.Kind kind, Severity severity, String text) throws InterruptedException {
        notifier.tell(new Notice(kind, severity, text));
    }

    private List<String> texts() {
        return server.posts().stream()
                .map(post -> Json.parse(post.body(), JsonNode.class).get("text").asText())
                .toList();
    }

    private double count(String outcome) {
        return meters.get("plumbline.notifications").tag("outcome", outcome).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
