package io.plumbline.local.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.stores.CandleExchange.Answer;
import io.plumbline.stores.exchange.CoinbaseExchange;
import io.plumbline.topics.config.ExchangeConfig;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.Timeframe;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulatedExchangeTest {

    private static final Instant NOW = Instant.parse("2026-03-02T12:00:30Z");
    private static final Timeframe MINUTE = Timeframe.parse("1m");
    private static final long OPEN = MINUTE.slotOf(NOW.toEpochMilli());
    private static final SeriesKey BTC = new SeriesKey("sim", "BTC/EUR", "1m");

    private final SettableClock clock = new SettableClock(NOW);
    private final SimulatedMarket market = new SimulatedMarket();
    private final SimulatedExchange exchange = SimulatedExchange.start(market, clock, 0, 5);
    private final CoinbaseExchange client = client(Duration.ofSeconds(5));
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        client.close();
        http.close();
        exchange.close();
    }

    @Test
    void shouldMakeCandlesOfTradesAndNoneWhereThereWereNone() {
        market.trades(
                "BTC-EUR",
                List.of(
                        trade(OPEN - 4, 1, "10", "1"),
                        trade(OPEN - 4, 2, "12.50", "0.1"),
                        trade(OPEN - 4, 3, "9", "2"),
                        trade(OPEN - 2, 0, "11", "1"),
                        trade(OPEN, 10, "11", "1"),
                        // Not yet made.
                        trade(OPEN, 40, "99", "1")));

        Answer answer = client.fetch(BTC, OPEN - 5, OPEN);

        assertThat(answer).isInstanceOfSatisfying(Answer.Candles.class, found -> {
            assertThat(found.candles())
                    .extracting(candle -> MINUTE.slotOf(candle.openTime()))
                    .containsExactly(OPEN - 4, OPEN - 2, OPEN);
            Candle first = found.candles().getFirst();
            assertThat(List.of(first.open(), first.high(), first.low(), first.close(), first.volume()))
                    .containsExactly(number("10"), number("12.50"), number("9"), number("9"), number("3.1"));
            assertThat(found.candles().getLast().high()).isEqualTo(number("11"));
            assertThat(found.candles().getLast().closed()).isFalse();
        });
    }

    @Test
    void shouldAnswerNewestFirstAndNowAndThenBeginBeforeTheStart() throws Exception {
        market.candles("BTC-EUR", MINUTE, candles(OPEN - 10, OPEN - 1));

        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            bodies.add(get("/products/BTC-EUR/candles?granularity=60&start=%d&end=%d"
                            .formatted(seconds(OPEN - 3), seconds(OPEN - 1)))
                    .body());
        }

        String row = "[%d,1,1,1,1,1]";
        List<String> three = List.of(
                row.formatted(seconds(OPEN - 1)), row.formatted(seconds(OPEN - 2)), row.formatted(seconds(OPEN - 3)));
        assertThat(bodies.subList(0, 2)).containsOnly(three.toString());
        assertThat(bodies.get(2)).contains(row.formatted(seconds(OPEN - 4)));
        assertThat(exchange.requests()).isEqualTo(3);
    }

    @Test
    void shouldRejectWhatTheRealOneRejects() throws Exception {
        market.list("BTC-EUR");

        assertThat(statusOf("/products/BTC-EUR/candles?granularity=60&start=0&end=17940"))
                .isEqualTo(200);
        HttpResponse<String> tooMany = get("/products/BTC-EUR/candles?granularity=60&start=0&end=18000");
        assertThat(tooMany.statusCode()).isEqualTo(400);
        assertThat(tooMany.body()).contains("exceeds 300");
        assertThat(statusOf("/products/BTC-EUR/candles?granularity=120")).isEqualTo(400);
        assertThat(statusOf("/products/DOGE-EUR/candles")).isEqualTo(404);
        clock.advance(Duration.ofSeconds(1));
        assertThat(statusOf("/products/BTC-EUR/candles?start=yesterday")).isEqualTo(400);
        assertThat(client.fetch(new SeriesKey("sim", "DOGE/EUR", "1m"), 0, 1))
                .isEqualTo(new Answer.Refused("status 404: {\"message\":\"NotFound\"}"));
    }

    @Test
    void shouldThrottleWhoAsksTooOftenAndSayForHowLong() {
        market.list("BTC-EUR");
        for (int i = 0; i < 5; i++) {
            assertThat(client.fetch(BTC, OPEN - 2, OPEN - 1)).isInstanceOf(Answer.Candles.class);
        }

        assertThat(client.fetch(BTC, OPEN - 2, OPEN - 1))
                .isInstanceOfSatisfying(
                        Answer.Throttled.class,
                        throttled -> assertThat(throttled.until()).isEqualTo(NOW.plusSeconds(1)));
        clock.advance(Duration.ofSeconds(1));
        assertThat(client.fetch(BTC, OPEN - 2, OPEN - 1)).isInstanceOf(Answer.Candles.class);

        exchange.throttle(Duration.ofMinutes(1));
        assertThat(client.fetch(BTC, OPEN - 2, OPEN - 1))
                .isInstanceOfSatisfying(
                        Answer.Throttled.class,
                        throttled -> assertThat(throttled.until()).isEqualTo(NOW.plusSeconds(61)));
        assertThat(exchange.requests()).isEqualTo(8);
        assertThat(exchange.rejected()).isEqualTo(1);
    }

    @Test
    void shouldBeFaultyWhenItIsTold() {
        market.candles("BTC-EUR", MINUTE, candles(OPEN - 3, OPEN - 1));
        exchange.setFaults(ExchangeFaults.emptyEvery(5));
        List<Integer> sizes = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            clock.advance(Duration.ofMillis(300));
            sizes.add(((Answer.Candles) client.fetch(BTC, OPEN - 3, OPEN - 1))
                    .candles()
                    .size());
        }
        assertThat(sizes).containsExactly(3, 3, 3, 3, 0, 3, 3, 3, 3, 0);

        clock.advance(Duration.ofSeconds(1));
        exchange.setFaults(new ExchangeFaults(0, 11, 12, 13, Duration.ofSeconds(2), Duration.ofSeconds(30)));
        assertThat(client.fetch(BTC, OPEN - 3, OPEN - 1)).isInstanceOf(Answer.Throttled.class);
        assertThat(client.fetch(BTC, OPEN - 3, OPEN - 1)).isInstanceOf(Answer.Unavailable.class);
        try (CoinbaseExchange impatient = client(Duration.ofMillis(200))) {
            assertThat(impatient.fetch(BTC, OPEN - 3, OPEN - 1))
                    .isEqualTo(new Answer.Unavailable("it did not answer within 200 ms"));
        }
        assertThat(client.fetch(BTC, OPEN - 3, OPEN - 1)).isInstanceOf(Answer.Candles.class);
    }

    private int statusOf(String path) throws IOException, InterruptedException {
        return get(path).statusCode();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(exchange.baseUrl() + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private CoinbaseExchange client(Duration timeout) {
        return new CoinbaseExchange(
                "sim",
                new ExchangeConfig("coinbase", exchange.baseUrl(), null, null, Map.of(), List.of(), 5, timeout),
                clock);
    }

    private static Trade trade(long slot, long second, String price, String amount) {
        return new Trade(MINUTE.openTimeOf(slot) + second * 1_000, number(price), number(amount));
    }

    private static long seconds(long slot) {
        return MINUTE.openTimeOf(slot) / 1_000;
    }

    private static List<Candle> candles(long first, long last) {
        List<Candle> candles = new ArrayList<>();
        for (long slot = first; slot <= last; slot++) {
            BigDecimal one = BigDecimal.ONE;
            candles.add(new Candle(MINUTE.openTimeOf(slot), one, one, one, one, one, 0, Candle.Origin.BACKFILL, true));
        }
        return candles;
    }

    private static BigDecimal number(String text) {
        return new BigDecimal(text);
    }
}
