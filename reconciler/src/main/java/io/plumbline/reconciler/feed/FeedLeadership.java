package io.plumbline.reconciler.feed;

import io.plumbline.runtime.Backoff;
import io.plumbline.runtime.FatalHandler;
import io.plumbline.runtime.KafkaClients;
import io.plumbline.runtime.KafkaDeniedException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which process feeds: the member of a consumer group that has the one partition of {@code outbox-positions}.
 * The others stand by.
 *
 * <p>Before a feed is started, the group's coordinator is asked (by a commit) whether this member still has the
 * partition: a process that was paused and has lost it meanwhile must not fence the one that feeds now. Were it paused
 * just then, the two would fence each other once, and the coordinator's next answer settles it.
 */
final class FeedLeadership implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int FAILURES = 20;
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));
    private static final Logger LOG = LoggerFactory.getLogger(FeedLeadership.class);

    private final FeedConfig config;
    private final FatalHandler fatal;
    private final List<FeedWatch> watches;
    private final TopicPartition seat;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    private FeedLeadership(FeedConfig config, FeedMetrics metrics, Clock clock, FatalHandler fatal) {
        this.config = config;
        this.fatal = fatal;
        watches = config.feeds().stream()
                .map(feed -> new FeedWatch(config, feed, metrics, clock, BACKOFF))
                .toList();
        seat = new TopicPartition(config.topics().outboxPositions.name(), 0);
        thread = Thread.ofPlatform().name("outbox-feed").unstarted(this::run);
    }

    static FeedLeadership start(FeedConfig config, FeedMetrics metrics, Clock clock, FatalHandler fatal) {
        FeedLeadership leadership = new FeedLeadership(config, metrics, clock, fatal);
        leadership.thread.start();
        return leadership;
    }

    private void run() {
        try {
            int failures = 0;
            while (!isClosing()) {
                try {
                    standAndFeed();
                } catch (AuthenticationException | AuthorizationException e) {
                    throw e;
                } catch (KafkaException e) {
                    failures++;
                    if (failures == FAILURES) {
                        fatal.fatal("outbox feed", e);
                        return;
                    }
                    LOG.warn("the outbox feed lost Kafka and tries again", e);
                    closing.await(BACKOFF.after(failures, seat.hashCode()).toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (AuthenticationException | AuthorizationException e) { // who is not allowed to now will not be later
            fatal.fatal("outbox feed", KafkaDeniedException.explained(e, config.kafka()));
        } catch (RuntimeException e) { // a bug: the process must end, or no one would feed
            fatal.fatal("outbox feed", e);
        }
    }

    private void standAndFeed() throws InterruptedException {
        String clientId = config.group() + "-" + UUID.randomUUID();
        try (Consumer<byte[], byte[]> consumer =
                new KafkaClients(config.kafka()).openGroupMember(config.group(), clientId, 1)) {
            consumer.subscribe(List.of(seat.topic()));
            while (!isClosing()) {
                consumer.poll(POLL);
                if (consumer.assignment().isEmpty()) {
                    stop();
                } else {
                    consumer.pause(consumer.assignment());
                    watch(consumer);
                }
            }
        } finally {
            stop();
        }
    }

    private void watch(Consumer<byte[], byte[]> consumer) throws InterruptedException {
        for (FeedWatch watch : watches) {
            if (watch.wantsToStart() && isStillSeated(consumer)) {
                watch.start();
            }
        }
    }

    private boolean isStillSeated(Consumer<byte[], byte[]> consumer) {
        try {
            consumer.commitSync(Map.of(seat, new OffsetAndMetadata(0)), ANSWER);
            return true;
        } catch (CommitFailedException | RebalanceInProgressException e) {
            LOG.info("not feeding: {}", e.getMessage());
            return false;
        }
    }

    private void stop() throws InterruptedException {
        for (FeedWatch watch : watches) {
            watch.stop();
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
