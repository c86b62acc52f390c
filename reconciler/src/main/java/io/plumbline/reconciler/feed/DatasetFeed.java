package io.plumbline.reconciler.feed;

import io.plumbline.runtime.KafkaClients;
import io.plumbline.runtime.RecordTransactions;
import io.plumbline.stores.replication.CapturedTable;
import io.plumbline.stores.replication.OutboxPublication;
import io.plumbline.stores.replication.SourceLog;
import io.plumbline.topics.Topics;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One dataset's feed, from its start to its first failure; what started it starts another then.
 *
 * <ol>
 *   <li>Fence every earlier feed of the dataset, by opening its transactional id.
 *   <li>Read the position they committed last.
 *   <li>See that publication and slot are there, and whether the slot is the one that the position belongs to.
 *   <li>Capture from there.
 * </ol>
 */
final class DatasetFeed {

    private static final Duration STOPPING = Duration.ofSeconds(20);

    private final FeedConfig config;
    private final FeedConfig.Feed feed;
    private final FeedMetrics metrics;
    private final KafkaClients clients;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile @Nullable OutboxCapture capture;
    private volatile @Nullable RuntimeException failure;

    private DatasetFeed(FeedConfig config, FeedConfig.Feed feed, FeedMetrics metrics) {
        this.config = config;
        this.feed = feed;
        this.metrics = metrics;
        this.clients = metrics.measured(new KafkaClients(config.kafka()));
        this.thread = Thread.ofPlatform().name("outbox-feed-" + feed.dataset()).unstarted(this::run);
    }

    static DatasetFeed start(FeedConfig config, FeedConfig.Feed feed, FeedMetrics metrics) {
        DatasetFeed started = new DatasetFeed(config, feed, metrics);
        started.thread.start();
        return started;
    }

    boolean hasEnded() {
        return !thread.isAlive();
    }

    /** Why it ended; {@code null} where it runs or was stopped. */
    @Nullable
    RuntimeException failure() {
        return failure;
    }

    void stop() throws InterruptedException {
        stopping = true;
        OutboxCapture running = capture;
        if (running != null) {
            running.stop();
        }
        if (!thread.join(STOPPING)) {
            // It waits for a store or for Kafka; whatever it still tried to commit is fenced.
            thread.interrupt();
        }
    }

    private void run() {
        metrics.started();
        try {
            feed();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) { // what started it looks at why, and starts another
            failure = e;
        } finally {
            metrics.ended();
        }
    }

    private void feed() throws InterruptedException {
        Topics topics = config.topics();
        try (RecordTransactions transactions =
                new RecordTransactions(clients.openTransactionalProducer(config.transactionalId(feed)))) {
            transactions.open();
            FeedPosition known = PositionReader.last(clients, topics.outboxPositions, feed.dataset());
            CapturedTable table;
            FeedPosition position;
            try (SourceLog log = SourceLog.open(config.postgres())) {
                table = OutboxPublication.ensure(log, feed.outbox());
                position = new SlotKeeper(feed, topics, transactions, metrics).resume(known, log);
            }
            capture(
                    new CaptureSettings(config.postgres(), feed, table, position),
                    new OutboxPublisher(feed, topics, transactions, metrics, position));
        }
    }

    private void capture(CaptureSettings settings, OutboxPublisher publisher) {
        OutboxCapture started = new OutboxCapture(settings.properties(), publisher);
        capture = started;
        if (!stopping) {
            started.run();
        }
    }
}
