package io.plumbline.reconciler.feed;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.plumbline.runtime.KafkaClients;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** The outbox feed's meters. */
final class FeedMetrics {

    private final MeterRegistry meters;
    private final Clock clock;
    private final AtomicInteger active = new AtomicInteger();

    FeedMetrics(MeterRegistry meters, Clock clock) {
        this.meters = meters;
        this.clock = clock;
        Gauge.builder("plumbline.feed.active", active, AtomicInteger::get)
                .description("Feeds that this process runs; 0 on a standby")
                .register(meters);
    }

    /** The clients of a feed, whose dead letters are counted. */
    KafkaClients measured(KafkaClients clients) {
        return clients.measuredBy("outbox-feed", meters);
    }

    void published(String dataset, Instant committedAt) {
        Duration lag = Duration.between(committedAt, clock.instant());
        Timer.builder("plumbline.feed.lag")
                .description("Events, and the time from their commit in the source to their publication")
                .tag("dataset", dataset)
                .register(meters)
                .record(lag.isNegative() ? Duration.ZERO : lag);
    }

    void malformed(String dataset) {
        counter("plumbline.feed.malformed", "Rows that became dead letters", dataset)
                .increment();
    }

    void gap(String dataset) {
        counter("plumbline.feed.gaps", "Times that a slot was lost and changes with it", dataset)
                .increment();
    }

    void failed(String dataset) {
        counter("plumbline.feed.failures", "Times that a feed failed and was started again", dataset)
                .increment();
    }

    void started() {
        active.incrementAndGet();
    }

    void ended() {
        active.decrementAndGet();
    }

    private Counter counter(String name, String description, String dataset) {
        return Counter.builder(name)
                .description(description)
                .tag("dataset", dataset)
                .register(meters);
    }
}
