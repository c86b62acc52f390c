package io.plumbline.local.candles;

import static org.awaitility.Awaitility.await;

import io.plumbline.local.EmbeddedRedis;
import io.plumbline.local.LocalSystem;
import io.plumbline.local.demo.CandleAudit;
import io.plumbline.local.demo.CandleFeed;
import io.plumbline.local.exchange.SimulatedExchange;
import io.plumbline.local.exchange.SimulatedMarket;
import io.plumbline.local.servers.Servers;
import io.plumbline.local.system.SystemClient;
import io.plumbline.local.system.Tally;
import io.plumbline.runtime.TopicCreator;
import io.plumbline.stores.CandleCache;
import io.plumbline.stores.connect.CandleStores;
import io.plumbline.topics.config.KafkaConfig;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.Timeframe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A system with a candle cache and a simulated exchange, and no dataset: what feeds it, and what is seen of it. The apps are
 * started by the test, so that candles can be waiting for them: what is told while they run is old, and late.
 */
final class CandlesUnderTest implements AutoCloseable {

    static final String EXCHANGE = LocalSystem.SIMULATED;
    static final String SCAN = EXCHANGE + "-candles-hourly";
    static final Duration PATIENCE = Duration.ofMinutes(5);

    /** How long a candle is waited for in {@link #CONFIG}. */
    static final Duration LATENESS = Duration.ofSeconds(30);

    /** Short pauses, a fast exchange, a cache that keeps a fortnight of minutes; scans when they are asked for only. */
    static final String CONFIG = config(LATENESS);

    /** No series that ends now is judged to be silent while a test lasts: what is missing is what the feed lacked. */
    static final String PATIENT = config(Duration.ofMinutes(10));

    final Servers servers;
    final LocalSystem system;
    final SystemClient client;
    final CandleCache cache;

    private CandlesUnderTest(Servers servers, LocalSystem system) throws InterruptedException {
        this.servers = servers;
        this.system = system;
        TopicCreator.ensure(system.config().kafka(), system.topics());
        client = new SystemClient(system.config().kafka(), system.topics());
        cache = CandleStores.openCache(system.config()).orElseThrow();
    }

    /**
     * Without its apps.
     *
     * @param config like {@link #CONFIG}
     */
    static CandlesUnderTest start(String config, SimulatedMarket market) throws InterruptedException {
        return start(Servers.provided(), config, market);
    }

    /** @param servers what the system runs on */
    static CandlesUnderTest start(Servers servers, String config, SimulatedMarket market) throws InterruptedException {
        return new CandlesUnderTest(servers, servers.start(config, market));
    }

    /** Where the servers are embedded. */
    EmbeddedRedis redis() {
        return Objects.requireNonNull(system.parts().redis());
    }

    SimulatedExchange exchange() {
        return Objects.requireNonNull(system.exchange());
    }

    /**
     * What the feed has goes to the cache, and then to Kafka: as one batch for each partition, if it is less than a megabyte.
     * All of it is old. Were a time written among the candles of a series, the rest of them would be overdue for a moment.
     */
    void feed(Collection<Played> all) throws Exception {
        KafkaConfig kafka = system.config().kafka();
        KafkaConfig inOneBatch = new KafkaConfig(
                kafka.bootstrapServers(),
                kafka.topicPrefix(),
                kafka.partitions(),
                kafka.replicationFactor(),
                kafka.stateDir(),
                Map.of("batch.size", "1000000", "linger.ms", "60000"));
        try (CandleFeed feed = new CandleFeed(system.config(), inOneBatch, system.topics())) {
            for (Played played : all) {
                played.fed().values().forEach(candle -> feed.cache(played.series(), candle));
                played.fed().values().forEach(candle -> feed.publish(played.series(), candle));
            }
            feed.flush();
        }
    }

    /** Of the application's, which does not connect again when the cache was away. */
    CandleFeed openFeed() {
        return new CandleFeed(system.config(), system.topics());
    }

    /** Requests: those that the exchange has seen, and those whose answers are committed. */
    Tally requests() {
        long asked = client.read(system.topics().backfillResults).stream()
                .filter(answer -> answer.value().asked())
                .count();
        return new Tally(exchange().requests(), asked);
    }

    GapsTold told() {
        return GapsTold.read(client, system.topics());
    }

    /** Waits until all that these series lack was found and is settled. */
    GapsTold awaitSettled(Collection<Played> all) {
        return await("all gaps are settled")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(this::told, told -> all.stream().allMatch(told::isSettled));
    }

    /** Waits until the reports of the continuous runs, which are told of every so often, count so many slots in all. */
    Map<String, Long> awaitContinuous(long slotsMissing) {
        return await("the continuous runs count " + slotsMissing + " slots that were missing")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(this::continuous, sums -> sums.getOrDefault("slots_missing", 0L) >= slotsMissing);
    }

    private Map<String, Long> continuous() {
        Map<String, Long> sums = new TreeMap<>();
        client.latestReports().forEach((runId, report) -> {
            if (runId.startsWith(EXCHANGE + ".continuous.")) {
                report.counters().forEach((counter, count) -> sums.merge(counter, count, Long::sum));
            }
        });
        return sums;
    }

    /** What the cache has otherwise than a series' truth, within the truth's slots; empty where it is the same. */
    List<String> cacheErrors(Played played) {
        Map<Long, Candle> truth = new TreeMap<>();
        played.truth().values().forEach(candle -> truth.put(candle.openTime(), candle));
        return CandleAudit.errors(cache, played.series(), truth, played.window());
    }

    List<String> cacheErrors(Collection<Played> played) {
        List<String> errors = new ArrayList<>();
        played.forEach(one -> errors.addAll(cacheErrors(one)));
        return errors;
    }

    /** Another exchange in a configuration like {@link #CONFIG}. */
    static String withExchange(String config, String name, String baseUrl) {
        String exchange =
                "exchanges:%n  %s: { adapter: coinbase, base-url: \"%s\", timeframes: [1m], requests-per-second: 50 }"
                        .formatted(name, baseUrl);
        String schedules = "schedules:%n  %1$s-candles: { enabled: false }%n  %1$s-candles-hourly: { enabled: false }"
                .formatted(name);
        return config.replace("exchanges:", exchange).replace("schedules:", schedules);
    }

    private static String config(Duration lateness) {
        return """
            kafka: { bootstrap-servers: "replaced:1", partitions: 2 }
            redis: { nodes: ["replaced:1"], timeout: 1s, newest: 20000, expiry: 60d }
            exchanges:
              simulated:
                { adapter: coinbase, base-url: "http://replaced", timeframes: [1m, 5m], requests-per-second: 50, timeout: 1s }
            candles:
              lateness: %ds
              scan: { series: 2, outstanding: 2 }
              backfill:
                settle: 1s
                empty-again-after: 1s
                unavailable-after: 8s
                retry: { first: 200ms, longest: 500ms }
            schedules:
              simulated-candles: { enabled: false }
              simulated-candles-hourly: { enabled: false }
            """.formatted(lateness.toSeconds());
    }

    static SeriesKey series(String symbol, String timeframe) {
        return new SeriesKey(EXCHANGE, symbol, timeframe);
    }

    static long slotOf(SeriesKey series, long openTime) {
        return Timeframe.parse(series.timeframe()).slotOf(openTime);
    }

    @Override
    public void close() {
        cache.close();
        client.close();
        system.close();
        servers.close();
    }
}
