package io.plumbline.local.demo;

import io.plumbline.local.exchange.ExchangeFaults;
import io.plumbline.local.exchange.SimulatedExchange;
import io.plumbline.runtime.TopicCreator;
import io.plumbline.runtime.config.ConfigFile;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.PlumblineConfig;
import io.plumbline.topics.record.SeriesKey;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The simulated exchange as a process of its own, and a feed of its candles that loses some. */
@Command(
        name = "market",
        description = "Simulates an exchange, and a feed of its candles to Redis and Kafka that loses some.",
        hidden = true,
        mixinStandardHelpOptions = true)
public final class MarketCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(MarketCommand.class);
    private static final Duration HISTORY = Duration.ofHours(5);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final int REQUESTS_PER_SECOND = 10;
    private static final int EMPTY_EVERY = 5;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            required = true,
            defaultValue = "${env:PLUMBLINE_CONFIG}",
            description = "The apps' configuration.")
    private @Nullable Path file;

    @Option(names = "--port", paramLabel = "N", defaultValue = "8080", description = "The exchange's.")
    private int port;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "The same seed loses the same.")
    private long seed;

    /** The process is ended by a signal. */
    private final CountDownLatch never = new CountDownLatch(1);

    @Override
    public Integer call() throws Exception {
        PlumblineConfig config = ConfigFile.load(file == null ? Path.of("") : file, System.getenv());
        Topics topics = new Topics(config.kafka().topicPrefix(), config.kafka().partitions());
        Clock clock = Clock.systemUTC();
        Instant from = clock.instant().truncatedTo(ChronoUnit.HOURS).minus(HISTORY);
        MarketDays days = new MarketDays(clock.instant());
        // Before the feed: a topic that its first candle brought into being would be as the broker makes them.
        TopicCreator.ensure(config.kafka(), topics);
        try (SimulatedExchange exchange = SimulatedExchange.start(
                        days.market(), clock, new InetSocketAddress(port), REQUESTS_PER_SECOND);
                CandleFeed feed = new CandleFeed(config, topics)) {
            exchange.setFaults(ExchangeFaults.emptyEvery(EMPTY_EVERY));
            CandleStream stream = new CandleStream(
                    days.market(), feed, new Losses(seed, from, Instant.MAX), clock, MarketCommand::lost);
            LOG.info("the exchange listens at port {}", port);
            do {
                days.goOn(clock.instant());
                stream.deliver();
                feed.flush();
            } while (!never.await(LOOK.toMillis(), TimeUnit.MILLISECONDS));
        }
        return 0;
    }

    private static void lost(SeriesKey series, long openTime, Delivery how) {
        LOG.debug("{} {} {}", series.text(), Instant.ofEpochMilli(openTime), how);
    }
}
