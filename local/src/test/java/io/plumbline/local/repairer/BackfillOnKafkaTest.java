package io.plumbline.local.repairer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.plumbline.local.EmbeddedKafka;
import io.plumbline.local.EmbeddedRedis;
import io.plumbline.local.exchange.SimulatedExchange;
import io.plumbline.local.exchange.SimulatedMarket;
import io.plumbline.local.exchange.Trade;
import io.plumbline.repairer.RepairerMain;
import io.plumbline.runtime.KafkaClients;
import io.plumbline.runtime.Received;
import io.plumbline.runtime.TopicCreator;
import io.plumbline.runtime.TopicReader;
import io.plumbline.runtime.config.ConfigException;
import io.plumbline.runtime.config.ConfigFile;
import io.plumbline.stores.CandleCache;
import io.plumbline.stores.CandleCache.CachedCandle;
import io.plumbline.stores.CandleCache.SeriesWindow;
import io.plumbline.stores.connect.CandleStores;
import io.plumbline.topics.Topic;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.PlumblineConfig;
import io.plumbline.topics.record.BackfillAnswer;
import io.plumbline.topics.record.BackfillAnswer.Status;
import io.plumbline.topics.record.BackfillCommand;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.Candle.Origin;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.SlotRange;
import io.plumbline.topics.record.Timeframe;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A repairer without any dataset, on a real broker, a real Redis and an exchange over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackfillOnKafkaTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Timeframe MINUTE = Timeframe.parse("1m");
    private static final int ALLOWED = 20;

    private final Topics topics = new Topics("", 2);
    private final long open = MINUTE.slotOf(Instant.now().toEpochMilli());
    private final EmbeddedKafka kafka = EmbeddedKafka.start();
    private final EmbeddedRedis redis = EmbeddedRedis.start();
    private final SimulatedExchange exchange = SimulatedExchange.start(
            new SimulatedMarket()
                    .trades("BTC-EUR", trades(open - 20, open - 19, open - 17, open - 16))
                    .trades("ETH-EUR", trades(LongStream.range(open - 400, open).toArray())),
            Clock.systemUTC(),
            0,
            ALLOWED + 4);
    private AutoCloseable repairer;
    private CandleCache cache;

    @BeforeAll
    void start() throws Exception {
        PlumblineConfig config = config("coinbase", "1m");
        TopicCreator.ensure(config.kafka(), topics);
        cache = CandleStores.openCache(config).orElseThrow();
        repairer = RepairerMain.start(config);
    }

    @AfterAll
    void stop() throws Exception {
        repairer.close();
        cache.close();
        exchange.close();
        redis.close();
        kafka.close();
    }

    @Test
    void shouldFillTheCacheAndTellAnswerAndCandlesAlsoWhenACommandIsSentTwice() throws Exception {
        SeriesKey btc = new SeriesKey("simulated", "BTC/EUR", "1m");
        BackfillCommand command = command(
                "twice", btc, List.of(new SlotRange(open - 19, open - 18), slot(open - 16)), List.of(open - 20));

        send(List.of(command, command));
        List<BackfillAnswer> answers = awaitAnswers("twice", 2);

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(Status.DONE);
            assertThat(answer.filled()).containsExactly(slot(open - 19), slot(open - 16));
            assertThat(answer.empty()).containsExactly(slot(open - 18));
            assertThat(answer.sawTraded()).isTrue();
            assertThat(answer.asked()).isTrue();
        });
        assertThat(cached(btc)).extracting(this::slotOf).containsExactly(open - 19, open - 16);
        List<Candle> told = read(topics.candles).stream()
                .filter(record -> btc.text().equals(record.key()))
                .map(Received::value)
                .toList();
        assertThat(told).allMatch(candle -> candle.origin() == Origin.BACKFILL && candle.closed());
        assertThat(told).extracting(this::slotOf).containsExactly(open - 19, open - 16, open - 19, open - 16);
        assertThat(told.subList(0, 2)).isEqualTo(cached(btc));
    }

    @Test
    void shouldUseWhatTheExchangePermitsAndNoMoreWhenCommandsAreWaiting() throws Exception {
        SeriesKey eth = new SeriesKey("simulated", "ETH/EUR", "1m");
        int count = 5 * ALLOWED;
        List<BackfillCommand> commands = LongStream.rangeClosed(1, count)
                .mapToObj(i -> command("rate-" + i, eth, List.of(slot(open - i)), List.of()))
                .toList();

        send(commands);
        List<BackfillAnswer> answers = awaitAnswers("rate-", count);

        assertThat(answers).allMatch(answer -> answer.status() == Status.DONE);
        assertThat(exchange.rejected()).isZero();
        assertThat(cached(eth)).hasSize(count);
        List<Long> answered = read(topics.backfillResults).stream()
                .filter(record -> record.value().requestId().startsWith("rate-"))
                .map(Received::timestamp)
                .sorted()
                .toList();
        // A batch is answered at its end: from the end of the first, however large it was, to the end of the last.
        long afterFirst = answered.stream()
                .filter(time -> time > answered.getFirst() + 100)
                .count();
        double seconds = (answered.getLast() - answered.getFirst()) / 1_000.0;
        assertThat(afterFirst / seconds).isBetween(0.9 * ALLOWED, 1.05 * ALLOWED);
    }

    @Test
    void shouldRefuseToStartWithEveryAdapterAndTimeframeThatIsWrong() {
        assertThatThrownBy(() -> RepairerMain.start(config("kraken", "1m")).close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("exchanges.simulated.adapter: 'kraken' is neither");
        assertThatThrownBy(() -> RepairerMain.start(config("coinbase", "2m")).close())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("the exchange has no 2m; right are 1m, 5m");
    }

    private void send(List<BackfillCommand> commands) throws Exception {
        try (Producer<byte[], byte[]> producer =
                new KafkaClients(config("coinbase", "1m").kafka()).openProducer()) {
            List<Future<?>> sends = new ArrayList<>();
            for (BackfillCommand command : commands) {
                sends.add(producer.send(
                        topics.backfillRequests.toRecord(command.series().exchange(), command)));
            }
            for (Future<?> sent : sends) {
                sent.get();
            }
        }
    }

    private List<BackfillAnswer> awaitAnswers(String requestId, int count) {
        return await().atMost(PATIENCE)
                .until(
                        () -> read(topics.backfillResults).stream()
                                .map(Received::value)
                                .filter(answer -> answer.requestId().startsWith(requestId))
                                .toList(),
                        answers -> answers.size() >= count);
    }

    private <V> List<Received<V>> read(Topic<String, V> topic) {
        try (TopicReader<V> reader =
                new TopicReader<>(new KafkaClients(config("coinbase", "1m").kafka()).openReader(), topic, PATIENCE)) {
            return reader.all();
        }
    }

    private List<Candle> cached(SeriesKey series) {
        return cache.candles(List.of(new SeriesWindow(series, 0, Long.MAX_VALUE / 4))).getFirst().stream()
                .map(CachedCandle::candle)
                .map(candle -> Objects.requireNonNull(candle))
                .toList();
    }

    private long slotOf(Candle candle) {
        return MINUTE.slotOf(candle.openTime());
    }

    private static SlotRange slot(long slot) {
        return new SlotRange(slot, slot);
    }

    private static BackfillCommand command(
            String requestId, SeriesKey series, List<SlotRange> slots, List<Long> traded) {
        return new BackfillCommand(
                requestId, series, slots, traded, List.of(), Instant.now().plusSeconds(60));
    }

    private static List<Trade> trades(long... slots) {
        List<Trade> trades = new ArrayList<>();
        for (long slot : slots) {
            trades.add(new Trade(MINUTE.openTimeOf(slot) + 1_000, BigDecimal.valueOf(slot, 2), BigDecimal.ONE));
        }
        return trades;
    }

    private PlumblineConfig config(String adapter, String timeframe) {
        return ConfigFile.parse(
                """
                kafka: { bootstrap-servers: "%s", partitions: 2 }
                postgres: { url: "jdbc:postgresql://127.0.0.1:1/unused", user: unused, password: unused }
                mongo: { url: "mongodb://127.0.0.1:1", database: unused }
                redis: { nodes: ["%s"] }
                exchanges:
                  simulated:
                    adapter: %s
                    base-url: "%s"
                    timeframes: [%s]
                    requests-per-second: %d
                datasets: {}
                """.formatted(kafka.bootstrapServers(), redis.node(), adapter, exchange.baseUrl(), timeframe, ALLOWED),
                Map.of());
    }
}
