package io.plumbline.reconciler.feed;

import io.plumbline.runtime.Backoff;
import io.plumbline.runtime.FatalHandler;
import io.plumbline.runtime.KafkaClients;
import io.plumbline.runtime.KafkaDeniedException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
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
    private final Supplier<Consumer<byte[], byte[]>> members;
    private final List<FeedWatch> watches;
    private final Backoff pauses;
    private final FatalHandler fatal;
    private final TopicPartition seat;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private int failures;

    private FeedLeadership(
            FeedConfig config,
            Supplier<Consumer<byte[], byte[]>> members,
            List<FeedWatch> watches,
            Backoff pauses,
            FatalHandler fatal) {
        this.config = config;
        this.members = members;
        this.watches = watches;
        this.pauses = pauses;
        this.fatal = fatal;
        seat = new TopicPartition(config.topics().outboxPositions.name(), 0);
        thread = Thread.ofPlatform().name("outbox-feed").unstarted(this::run);
    }

    static FeedLeadership start(FeedConfig config, FeedMetrics metrics, Clock clock, FatalHandler fatal) {
        KafkaClients clients = new KafkaClients(config.kafka());
        List<FeedWatch> watches = config.feeds().stream()
                .map(feed -> new FeedWatch(config, feed, metrics, clock, BACKOFF))
                .toList();
        return start(
                config,
                () -> clients.openGroupMember(config.group(), config.group() + "-" + UUID.randomUUID(), 1),
                watches,
                BACKOFF,
                fatal);
    }

    /** @param members each gives a new member of the group */
    static FeedLeadership start(
            FeedConfig config,
            Supplier<Consumer<byte[], byte[]>> members,
            List<FeedWatch> watches,
            Backoff pauses,
            FatalHandler fatal) {
        FeedLeadership leadership = new FeedLeadership(config, members, watches, pauses, fatal);
        leadership.thread.start();
        return leadership;
    }

    private void run() {
        try {
            while (!isClosing()) {
                try {
                    standAndFeed();
                } catch (AuthenticationException | AuthorizationException e) {
                    throw e;
                } catch (KafkaException e) {
                    pauseAfter(e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            // A bug, or Kafka that stays away or denies: the process must end, or no one would feed.
            fatal.fatal("outbox feed", KafkaDeniedException.explained(e, config.kafka()));
        }
    }

    private void pauseAfter(KafkaException failure) throws InterruptedException {
        failures++;
        if (failures == FAILURES) {
            throw failure;
        }
        LOG.warn("the outbox feed lost Kafka ({} in a row) and tries again", failures, failure);
        closing.await(pauses.after(failures, seat.hashCode()).toMillis(), TimeUnit.MILLISECONDS);
    }

    private void standAndFeed() throws InterruptedException {
        try (Consumer<byte[], byte[]> consumer = members.get()) {
            consumer.subscribe(List.of(seat.topic()), new StandingBy());
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
            failures = 0;
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
    public void close() throws InterruptedException {
        closing.countDown();
        thread.join();
    }

    /**
     * A poll without records is all that a consumer says of a broker that is away. That another member has the seat is an
     * answer of the group's coordinator, and to stand by all there is to do; who has the seat has a commit to succeed with.
     */
    private final class StandingBy implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            if (partitions.isEmpty()) {
                failures = 0;
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}
    }
}
