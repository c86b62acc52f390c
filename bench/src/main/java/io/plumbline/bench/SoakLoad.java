package io.plumbline.bench;

import io.plumbline.local.demo.CandleFeed;
import io.plumbline.topics.config.PlumblineConfig;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The load of a soak: changes of rows and candles, each at its rate on a thread of its own, until it is closed. */
final class SoakLoad implements AutoCloseable {

    private static final Duration BEAT = Duration.ofMillis(100);

    private final CountDownLatch ending = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final ChangingApplication application;
    private final CandleFeed feed;
    private final ChangeLoad changes;
    private final CandleLoad candles;
    private final Clock clock;
    private final long startNs = System.nanoTime();
    private Future<?> changing;
    private Future<?> feeding;

    /** @param rates what is delivered each second */
    SoakLoad(SoakParts parts, PlumblineConfig config, Rates rates, Clock clock) throws SQLException {
        this.clock = clock;
        this.application = ChangingApplication.start(parts.parts());
        this.feed = new CandleFeed(config, SoakParts.topics(config));
        this.changes = new ChangeLoad(application, rates.rows(), clock.millis());
        this.candles = new CandleLoad(feed, parts.market(), rates.series(), clock.millis());
        this.changing = threads.submit(() -> repeat(now -> changes.deliver(now, rates.changes())));
        this.feeding = threads.submit(() -> repeat(now -> candles.deliver(now, rates.candles())));
    }

    /**
     * What is delivered.
     *
     * @param rows that are changed, one after the other
     * @param changes a second
     * @param series of one-minute candles
     * @param candles a second, of all series
     */
    record Rates(long rows, double changes, int series, double candles) {}

    /** What is due at a time. */
    @FunctionalInterface
    private interface Due {
        void deliver(long nowMs) throws InterruptedException, ExecutionException;
    }

    /** Throws what the load has failed with. */
    void requireRunning() {
        for (Future<?> thread : new Future<?>[] {changing, feeding}) {
            if (thread.state() == Future.State.FAILED) {
                throw new IllegalStateException("the load has failed", thread.exceptionNow());
            }
        }
    }

    double changesPerSecond() {
        return changes.delivered() / StreamClock.seconds(startNs);
    }

    double candlesPerSecond() {
        return candles.delivered() / StreamClock.seconds(startNs);
    }

    private Void repeat(Due due) throws InterruptedException, ExecutionException {
        while (!ending.await(BEAT.toMillis(), TimeUnit.MILLISECONDS)) {
            due.deliver(clock.millis());
        }
        return null;
    }

    @Override
    public void close() throws SQLException {
        ending.countDown();
        threads.close();
        feed.close();
        application.close();
    }
}
