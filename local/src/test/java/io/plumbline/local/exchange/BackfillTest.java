package io.plumbline.local.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.local.EmbeddedRedis;
import io.plumbline.local.system.RealData;
import io.plumbline.repairer.Backfilled;
import io.plumbline.repairer.CandleFiller;
import io.plumbline.runtime.config.ConfigFile;
import io.plumbline.stores.CandleCache;
import io.plumbline.stores.CandleCache.CachedCandle;
import io.plumbline.stores.CandleCache.SeriesCandles;
import io.plumbline.stores.CandleCache.SeriesWindow;
import io.plumbline.stores.cache.CacheScanner;
import io.plumbline.stores.cache.ExpectedSeries;
import io.plumbline.stores.cache.ScannedSeries;
import io.plumbline.stores.exchange.CandleExchanges;
import io.plumbline.stores.redis.RedisCandleCache;
import io.plumbline.topics.config.PlumblineConfig;
import io.plumbline.topics.json.Json;
import io.plumbline.topics.record.BackfillAnswer;
import io.plumbline.topics.record.BackfillAnswer.Status;
import io.plumbline.topics.record.BackfillCommand;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.Candle.Origin;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.SlotRange;
import io.plumbline.topics.record.Timeframe;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scanner, filler, a real Redis and an exchange over HTTP, with this test as the stream that decides. */
class BackfillTest {

    private static final Timeframe MINUTE = Timeframe.parse("1m");
    private static final int REQUEST = 300;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldBringBackEveryDroppedCandleAndNothingElseThoughTheExchangeIsFaulty(long seed) {
        Random random = new Random(seed);
        SettableClock clock = new SettableClock(Instant.parse("2026-03-02T12:00:30Z"));
        long last = MINUTE.slotOf(clock.millis()) - 1;
        long first = last - 899;
        NavigableMap<Long, Candle> traded = new TreeMap<>();
        Map<Long, Candle> live = new TreeMap<>();
        for (long slot = first - 50; slot <= last; slot++) {
            if (random.nextInt(10) > 0) {
                Candle candle = candle(slot, random);
                traded.put(slot, candle);
                if (random.nextInt(6) > 0) {
                    live.put(slot, live(candle));
                }
            }
        }

        try (World world = new World(clock, MINUTE, traded.values(), Optional.empty())) {
            world.exchange.setFaults(new ExchangeFaults(5, 7, 11, 0, Duration.ofSeconds(2), Duration.ZERO));
            world.cache.write(List.of(new SeriesCandles(World.SERIES, List.copyOf(live.values()))));

            Found found = world.fillAll(first, last, live.keySet());

            Set<Long> dropped = slots(traded, first, last);
            dropped.removeAll(live.keySet());
            Set<Long> tradeless = new TreeSet<>();
            for (long slot = first; slot <= last; slot++) {
                if (!traded.containsKey(slot)) {
                    tradeless.add(slot);
                }
            }
            assertThat(found.filled).isEqualTo(dropped);
            assertThat(found.empty).isEqualTo(tradeless);
            Map<Long, Candle> cached = world.cached();
            traded.tailMap(first)
                    .forEach((slot, candle) -> assertThat(cached.get(slot)).isEqualTo(live.getOrDefault(slot, candle)));
            assertThat(world.scan(first, last, tradeless).isSound()).isTrue();
        }
    }

    @Test
    void shouldGoOnWhenRedisIsKilledAndComesBackEmpty() {
        SettableClock clock = new SettableClock(Instant.parse("2026-03-02T12:00:30Z"));
        long last = MINUTE.slotOf(clock.millis()) - 1;
        long first = last - 99;
        NavigableMap<Long, Candle> traded = new TreeMap<>();
        for (long slot = first; slot <= last; slot++) {
            traded.put(slot, candle(slot, new Random(slot)));
        }

        try (World world = new World(clock, MINUTE, traded.values(), Optional.empty())) {
            world.fillAll(first, first + 49, Set.of());
            world.redis.kill();
            BackfillCommand command = world.command(List.of(new SlotRange(first + 50, last)), Set.of());
            assertThat(world.filler.ask(command).answer().status()).isEqualTo(Status.UNAVAILABLE);
            world.redis.restart();
            assertThat(world.scan(first, last, Set.of()).missing()).hasSize(100);

            Found found = world.fillAll(first, last, Set.of());

            assertThat(found.filled).hasSize(100);
            assertThat(world.cached()).containsExactlyInAnyOrderEntriesOf(traded);
        }
    }

    @Test
    void shouldVerifyEveryMissingSlotAsEmptyWhenTheRealTradesProveIt() throws IOException {
        Optional<Path> data = RealData.folder("candles");
        Assumptions.assumeTrue(data.isPresent(), RealData.REASON);
        Path folder = data.orElseThrow().resolve("freqtrade");
        NavigableMap<Long, Candle> file = csv(folder.resolve("XRP_ETH-1m.csv"));
        List<Trade> trades = trades(folder.resolve("XRP_ETH-trades.json.gz"));
        long first = file.firstKey();
        long last = file.lastKey();
        NavigableMap<Long, Candle> made = SimulatedMarket.made(trades, MINUTE, Long.MAX_VALUE);
        assertThat(trades).hasSize(12_477);
        assertThat(file).hasSize(2_469);
        assertThat(made).hasSize(2_469);
        SettableClock clock = new SettableClock(Instant.ofEpochMilli(MINUTE.openTimeOf(last + 2)));

        try (World world = new World(clock, MINUTE, List.of(), Optional.of(trades))) {
            world.cache.write(List.of(new SeriesCandles(
                    World.SERIES, file.values().stream().map(BackfillTest::live).toList())));
            Map<Long, Candle> before = world.cached();
            assertThat(world.scan(first, last, Set.of()).missing()).hasSize(1_091);

            Found found = world.fillAll(first, last, file.keySet());

            assertThat(found.filled).isEmpty();
            assertThat(found.empty).hasSize(1_091);
            assertThat(world.cached()).isEqualTo(before);
            assertThat(world.scan(first, last, found.empty).isSound()).isTrue();
        }
        made.values()
                .forEach(candle ->
                        assertSameContent(candle, Objects.requireNonNull(file.get(MINUTE.slotOf(candle.openTime())))));
    }

    private record Found(Set<Long> filled, Set<Long> empty, int requests) {}

    /** All the parts of one test. */
    private static final class World implements AutoCloseable {

        static final SeriesKey SERIES = new SeriesKey("sim", "BTC/EUR", "1m");

        final SettableClock clock;
        final EmbeddedRedis redis = EmbeddedRedis.start();
        final SimulatedExchange exchange;
        final CandleExchanges exchanges;
        final CandleCache cache;
        final CandleFiller filler;

        World(SettableClock clock, Timeframe timeframe, Collection<Candle> candles, Optional<List<Trade>> trades) {
            this.clock = clock;
            SimulatedMarket market = new SimulatedMarket().candles("BTC-EUR", timeframe, candles);
            trades.ifPresent(made -> market.trades("BTC-EUR", made));
            exchange = SimulatedExchange.start(market, clock, 0, 5);
            PlumblineConfig config = ConfigFile.parse("""
                    kafka: { bootstrap-servers: "127.0.0.1:1" }
                    postgres: { url: "jdbc:postgresql://localhost/a", user: a, password: a }
                    mongo: { url: "mongodb://localhost", database: a }
                    redis: { nodes: ["%s"], newest: 5000, expiry: 30d }
                    exchanges:
                      sim: { adapter: coinbase, base-url: "%s", timeframes: [1m] }
                    datasets: {}
                    """.formatted(redis.node(), exchange.baseUrl()), Map.of());
            exchanges = CandleExchanges.open(config.exchanges(), clock);
            cache = new RedisCandleCache(Objects.requireNonNull(config.redis()), config.exchanges());
            filler = new CandleFiller(Objects.requireNonNull(exchanges.byName().get("sim")), cache, clock);
        }

        ScannedSeries scan(long first, long last, Set<Long> empty) {
            return new CacheScanner(cache, clock)
                    .quickly(List.of(new ExpectedSeries(SERIES, first, last, empty)))
                    .getFirst();
        }

        BackfillCommand command(List<SlotRange> slots, Set<Long> traded) {
            List<Long> others = traded.stream()
                    .filter(slot -> slots.stream().noneMatch(range -> range.contains(slot)))
                    .sorted()
                    .toList();
            return new BackfillCommand("sim-1", SERIES, slots, others, List.of(), Instant.MAX);
        }

        /** Scans and fills until nothing is missing: a slot is empty after two answers that held one that traded. */
        Found fillAll(long first, long last, Set<Long> present) {
            Set<Long> known = new HashSet<>(present);
            Set<Long> filled = new TreeSet<>();
            Set<Long> empty = new TreeSet<>();
            Map<Long, Integer> answers = new TreeMap<>();
            int requests = 0;
            for (List<Long> missing = scan(first, last, empty).missing();
                    !missing.isEmpty();
                    missing = scan(first, last, empty).missing()) {
                assertThat(requests++).isLessThan(200);
                long from = missing.getFirst();
                List<SlotRange> slots = SlotRange.of(
                        missing.stream().filter(slot -> slot < from + REQUEST).toList());
                Backfilled result = filler.ask(command(slots, known));
                BackfillAnswer answer = result.answer();
                switch (answer.status()) {
                    case DONE -> {
                        for (Candle candle : result.candles()) {
                            filled.add(MINUTE.slotOf(candle.openTime()));
                            known.add(MINUTE.slotOf(candle.openTime()));
                        }
                        if (answer.sawTraded()) {
                            answer.empty().stream()
                                    .flatMap(range -> range.slots().boxed())
                                    .filter(slot -> answers.merge(slot, 1, Integer::sum) == 2)
                                    .forEach(empty::add);
                        }
                        clock.advance(Duration.ofMillis(300));
                    }
                    case THROTTLED ->
                        clock.advance(Duration.between(clock.instant(), Objects.requireNonNull(answer.notBefore())));
                    case UNAVAILABLE -> clock.advance(Duration.ofSeconds(1));
                    case REFUSED, EXPIRED -> throw new AssertionError(answer.reason());
                }
            }
            return new Found(filled, empty, requests);
        }

        Map<Long, Candle> cached() {
            Map<Long, Candle> cached = new TreeMap<>();
            for (CachedCandle found : cache.candles(List.of(new SeriesWindow(SERIES, 0, Long.MAX_VALUE / 4)))
                    .getFirst()) {
                Candle candle = Objects.requireNonNull(found.candle());
                assertThat(cached.put(MINUTE.slotOf(candle.openTime()), candle)).isNull();
            }
            return cached;
        }

        @Override
        public void close() {
            exchanges.close();
            exchange.close();
            cache.close();
            redis.close();
        }
    }

    private static Set<Long> slots(NavigableMap<Long, Candle> candles, long first, long last) {
        return new TreeSet<>(candles.subMap(first, true, last, true).keySet());
    }

    private static Candle candle(long slot, Random random) {
        BigDecimal price = BigDecimal.valueOf(random.nextLong(1_000_000_000L), 8);
        return new Candle(
                MINUTE.openTimeOf(slot), price, price, price, price, BigDecimal.TEN, 0, Origin.BACKFILL, true);
    }

    private static Candle live(Candle candle) {
        return new Candle(
                candle.openTime(),
                candle.open(),
                candle.high(),
                candle.low(),
                candle.close(),
                candle.volume(),
                17,
                Origin.LIVE,
                true);
    }

    private static void assertSameContent(Candle one, Candle other) {
        assertThat(one.open()).isEqualByComparingTo(other.open());
        assertThat(one.high()).isEqualByComparingTo(other.high());
        assertThat(one.low()).isEqualByComparingTo(other.low());
        assertThat(one.close()).isEqualByComparingTo(other.close());
        assertThat(one.volume()).isEqualByComparingTo(other.volume());
    }

    private static NavigableMap<Long, Candle> csv(Path file) throws IOException {
        NavigableMap<Long, Candle> candles = new TreeMap<>();
        for (String line : Files.readAllLines(file).stream().skip(1).toList()) {
            String[] cells = line.split(",", -1);
            Candle candle = new Candle(
                    Long.parseLong(cells[0]),
                    new BigDecimal(cells[1]),
                    new BigDecimal(cells[2]),
                    new BigDecimal(cells[3]),
                    new BigDecimal(cells[4]),
                    new BigDecimal(cells[5]),
                    0,
                    Origin.BACKFILL,
                    true);
            candles.put(MINUTE.slotOf(candle.openTime()), candle);
        }
        return candles;
    }

    private static List<Trade> trades(Path file) throws IOException {
        List<Trade> trades = new ArrayList<>();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            for (JsonNode trade : Json.MAPPER.readTree(in)) {
                trades.add(new Trade(
                        trade.get(0).asLong(),
                        trade.get(4).decimalValue(),
                        trade.get(5).decimalValue()));
            }
        }
        return trades;
    }
}
