package io.plumbline.reconciler.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookTest {

    private static final Webhook.Patience PATIENCE =
            new Webhook.Patience(3, Duration.ofMillis(5), Duration.ofSeconds(2), Duration.ofSeconds(10));

    private SimulatedWebhook server;

    @BeforeEach
    void start() throws IOException {
        server = new SimulatedWebhook();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldPostOnceWhenItIsAccepted() throws InterruptedException {
        assertThat(post(PATIENCE)).isEmpty();

        assertThat(server.posts()).extracting(SimulatedWebhook.Post::body).containsExactly("{}");
    }

    @Test
    void shouldWaitAsLongAsItIsAskedToWhenThereWereTooMany() throws InterruptedException {
        server.answering(429);

        assertThat(post(PATIENCE)).isEmpty();

        assertThat(server.posts()).hasSize(2);
        long pause = server.posts().get(1).at() - server.posts().get(0).at();
        assertThat(Duration.ofNanos(pause)).isGreaterThanOrEqualTo(Duration.ofMillis(990));
    }

    @Test
    void shouldTryAgainWithBackoffWhenTheServerFails() throws InterruptedException {
        server.answering(500, 503);

        assertThat(post(PATIENCE)).isEmpty();

        assertThat(server.posts()).hasSize(3);
    }

    @Test
    void shouldSayWhyWhenTheServerFailsEveryTime() throws InterruptedException {
        server.answering(500, 500, 500);

        assertThat(post(PATIENCE)).contains("it answers 500");

        assertThat(server.posts()).hasSize(3);
    }

    @Test
    void shouldNotTryAgainWhenItIsRefused() throws InterruptedException {
        server.answering(403);

        assertThat(post(PATIENCE)).contains("it answers 403");

        assertThat(server.posts()).hasSize(1);
    }

    @Test
    void shouldGiveUpWithoutNamingTheAddressWhenNoAnswerComes() throws InterruptedException {
        server.answering(SimulatedWebhook.NEVER, SimulatedWebhook.NEVER);
        Webhook.Patience hasty =
                new Webhook.Patience(2, Duration.ofMillis(5), Duration.ofMillis(10), Duration.ofSeconds(1));

        Optional<String> failure = post(hasty);

        assertThat(failure)
                .hasValueSatisfying(why -> assertThat(why)
                        .contains("it cannot be reached")
                        .contains("timed out")
                        .doesNotContain("verysecret"));
        assertThat(server.posts()).hasSize(2);
    }

    @Test
    void shouldInterruptWhoeverPostsWhenItIsClosed() throws Exception {
        server.answering(SimulatedWebhook.NEVER);
        Webhook webhook = new Webhook(server.url(), PATIENCE);
        FutureTask<Optional<String>> post = new FutureTask<>(() -> webhook.post("{}"));
        Thread.ofVirtual().start(post);
        await().until(() -> !server.posts().isEmpty());

        webhook.close();

        assertThatThrownBy(() -> post.get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(InterruptedException.class);
        assertThatThrownBy(() -> webhook.post("{}")).isInstanceOf(InterruptedException.class);
        assertThat(server.posts()).hasSize(1);
    }

    private Optional<String> post(Webhook.Patience patience) throws InterruptedException {
        try (Webhook webhook = new Webhook(server.url(), patience)) {
            return webhook.post("{}");
        }
    }

    /** Three threads share one webhook, and each posts once between two polls. */
    @Test
    void shouldPostWithinTheTimeThatKafkaLeavesAMemberBetweenTwoPolls() {
        Duration leaves = Duration.ofMinutes(5); // max.poll.interval.ms, which no app changes

        assertThat(Webhook.Patience.USUAL.ofOnePost().multipliedBy(3)).isLessThan(leaves);
    }
}
