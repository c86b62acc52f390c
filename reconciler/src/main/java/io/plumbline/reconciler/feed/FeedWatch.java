package io.plumbline.reconciler.feed;

import io.plumbline.runtime.Backoff;
import io.plumbline.runtime.KafkaDeniedException;
import io.plumbline.stores.StoreRefusedException;
import io.plumbline.stores.StoreUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches one dataset's feed and says when it is to be started again: at once first, then with growing pauses. */
final class FeedWatch {

    /** A feed that ran as long has recovered: the pauses begin anew. */
    private static final Duration RECOVERED = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(FeedWatch.class);

    private final FeedConfig config;
    private final FeedConfig.Feed feed;
    private final FeedMetrics metrics;
    private final Clock clock;
    private final Backoff backoff;
    private @Nullable DatasetFeed running;
    private Instant startedAt = Instant.MIN;
    private Instant notBefore = Instant.MIN;
    private int failures;

    FeedWatch(FeedConfig config, FeedConfig.Feed feed, FeedMetrics metrics, Clock clock, Backoff backoff) {
        this.config = config;
        this.feed = feed;
        this.metrics = metrics;
        this.clock = clock;
        this.backoff = backoff;
    }

    boolean wantsToStart() {
        DatasetFeed known = running;
        if (known != null && known.hasEnded()) {
            running = null;
            failed(known.failure());
        }
        return running == null && !clock.instant().isBefore(notBefore);
    }

    void start() {
        LOG.info("dataset {}: the outbox feed starts", feed.dataset());
        startedAt = clock.instant();
        running = DatasetFeed.start(config, feed, metrics);
    }

    void stop() throws InterruptedException {
        if (running != null) {
            running.stop();
            running = null;
            LOG.info("dataset {}: the outbox feed stopped", feed.dataset());
        }
    }

    private void failed(@Nullable RuntimeException failure) {
        Instant now = clock.instant();
        failures = now.isAfter(startedAt.plus(RECOVERED)) ? 1 : failures + 1;
        Duration pause = backoff.after(failures, feed.dataset().hashCode());
        notBefore = now.plus(pause);
        metrics.failed(feed.dataset());
        Throwable told = failure == null ? null : KafkaDeniedException.explained(failure, config.kafka());
        if (told instanceof KafkaDeniedException
                || failure instanceof IllegalStateException
                || failure instanceof StoreRefusedException) {
            LOG.error(
                    "dataset {}: the outbox feed cannot run, and tries again in {}: {}",
                    feed.dataset(),
                    pause,
                    told == null ? null : told.getMessage());
        } else if (failure instanceof StoreUnavailableException || failure instanceof KafkaException) {
            LOG.warn(
                    "dataset {}: the outbox feed failed and starts again in {}: {}",
                    feed.dataset(),
                    pause,
                    failure.getMessage());
        } else {
            LOG.warn("dataset {}: the outbox feed failed and starts again in {}", feed.dataset(), pause, failure);
        }
    }
}
