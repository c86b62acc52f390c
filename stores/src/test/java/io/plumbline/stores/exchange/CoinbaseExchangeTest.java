package io.plumbline.stores.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.plumbline.stores.CandleExchange.Answer;
import io.plumbline.topics.config.ExchangeConfig;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.Candle.Origin;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.Timeframe;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoinbaseExchangeTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:30Z");
    private static final SeriesKey BTC = new SeriesKey("coinbase", "BTC/EUR", "1m");
    private static final long LAST = Timeframe.parse("1m").slotOf(NOW.toEpochMilli());

    private final List<String> asked = new ArrayList<>();
    private final CountDownLatch never = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private CoinbaseExchange exchange;
    private int status = 200;
    private String body = "[]";
    private String retryAfter = "";
    private boolean slow;

    CoinbaseExchangeTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        exchange = exchange("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    @BeforeEach
    void serve() {
        server.setExecutor(threads);
        server.createContext("/", call -> {
            asked.add(call.getRequestURI().toString());
            if (slow) {
                await();
            }
            if (!retryAfter.isEmpty()) {
                call.getResponseHeaders().add("Retry-After", retryAfter);
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            call.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            try (OutputStream out = call.getResponseBody()) {
                out.write(bytes);
            }
        });
        server.start();
    }

    @Test
    void shouldRefuseAndReadNoFurtherWhenTheAnswerHasNoEnd() {
        body = "[" + " ".repeat(CoinbaseExchange.LONGEST_ANSWER) + "]";

        assertThat(exchange.fetch(BTC, LAST - 1, LAST))
                .isEqualTo(new Answer.Refused("its answer is longer than 1048576 bytes"));
    }

    @AfterEach
    void stop() {
        never.countDown();
        exchange.close();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void shouldAskForTheSlotsAndGiveTheirCandlesExactlyOldestFirst() {
        body = "[[1772366400,1.0,3.00,\"2.10\",2,0.000000010],[1772366340,1,3,2,2.5,10],[1772366280,1,3,2,2,1]]";

        Answer answer = exchange.fetch(BTC, LAST - 1, LAST);

        assertThat(asked)
                .containsExactly("/products/BTC-EUR/candles?granularity=60"
                        + "&start=2026-03-01T11:59:00Z&end=2026-03-01T12:00:00Z");
        assertThat(answer)
                .isEqualTo(new Answer.Candles(List.of(
                        candle(1_772_366_340_000L, "2", "3", "1", "2.5", "10", true),
                        // Its slot ends at 12:01.
                        candle(1_772_366_400_000L, "2.10", "3.00", "1.0", "2", "0.000000010", false))));
    }

    @Test
    void shouldUseTheProductThatTheConfigurationNames() {
        exchange.fetch(new SeriesKey("coinbase", "XBT", "1h"), 10, 10);

        assertThat(asked).singleElement().asString().startsWith("/products/BTC-USD/candles?granularity=3600");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.5", "Sun, 01 Mar 2026 12:00:32 GMT"})
    void shouldSayUntilWhenWhenItIsThrottled(String header) {
        status = 429;
        retryAfter = header;
        body = "{\"message\":\"slow down\"}";

        Answer answer = exchange.fetch(BTC, LAST - 1, LAST);

        assertThat(answer).isInstanceOfSatisfying(Answer.Throttled.class, throttled -> {
            assertThat(throttled.until()).isBetween(NOW.plusMillis(1_999), NOW.plusMillis(2_500));
            assertThat(throttled.reason()).contains("429", "slow down");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-3"})
    void shouldPauseAWhileWhenItDoesNotSayUntilWhen(String header) {
        status = 429;
        retryAfter = header;

        assertThat(exchange.fetch(BTC, LAST, LAST))
                .isInstanceOfSatisfying(
                        Answer.Throttled.class,
                        throttled -> assertThat(throttled.until()).isEqualTo(NOW.plusSeconds(5)));
    }

    @Test
    void shouldNotWaitForAYearWhenItSaysSo() {
        status = 503;
        retryAfter = "31536000";

        assertThat(exchange.fetch(BTC, LAST, LAST))
                .isInstanceOfSatisfying(
                        Answer.Throttled.class,
                        throttled -> assertThat(throttled.until()).isEqualTo(NOW.plusSeconds(3_600)));
    }

    @Test
    void shouldBeUnavailableWhenItIsBrokenSlowOrAway() {
        status = 502;
        body = "<html>bad gateway</html>";
        assertThat(exchange.fetch(BTC, LAST, LAST))
                .isEqualTo(new Answer.Unavailable("status 502: <html>bad gateway</html>"));

        slow = true;
        assertThat(exchange.fetch(BTC, LAST, LAST)).isInstanceOf(Answer.Unavailable.class);

        never.countDown();
        server.stop(0);
        assertThat(exchange.fetch(BTC, LAST, LAST))
                .isInstanceOfSatisfying(
                        Answer.Unavailable.class,
                        away -> assertThat(away.reason()).contains("cannot be reached"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>maintenance</html>",
                "",
                "null",
                "{\"message\":\"ok\"}",
                "[[1772366400,1,3,2,2]]",
                "[[1772366400,1,3,2,2,null]]",
                "[null]",
                "[[1772366400,1,3,2,2,\"much\"]]",
                "[[1772366401,1,3,2,2,1]]",
                "[[1772366400.5,1,3,2,2,1]]",
                "[[1e300,1,3,2,2,1]]",
                "[[1772366400,4,3,2,2,1]]",
                "[[1772366400,1,3,2,2,1],[1772366400,1,3,2,2,2]]",
                "[[1772366400,1,3,2,2,1]"
            })
    void shouldRefuseWithAnExcerptWhenItsAnswerCannotBeRead(String malformed) {
        body = malformed;

        assertThat(exchange.fetch(BTC, LAST, LAST))
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.reason()).contains("cannot be read", malformed));
    }

    @Test
    void shouldRefuseWithItsReasonWhenItDoes() {
        status = 404;
        body = "{\"message\":\"NotFound\"}";

        assertThat(exchange.fetch(BTC, LAST, LAST))
                .isEqualTo(new Answer.Refused("status 404: {\"message\":\"NotFound\"}"));
    }

    @Test
    void shouldRefuseWithoutAskingWhenItLacksTheTimeframe() {
        assertThat(exchange.fetch(new SeriesKey("coinbase", "BTC/EUR", "30m"), 0, 0))
                .isEqualTo(new Answer.Refused("it has no 30m; it has 1m, 5m, 15m, 1h, 6h, 1d"));
        assertThat(exchange.fetch(new SeriesKey("coinbase", "BTC/EUR", "60m"), 0, 0))
                .isEqualTo(new Answer.Candles(List.of()));
        assertThat(asked).hasSize(1);
    }

    private static Candle candle(
            long openTime, String open, String high, String low, String close, String volume, boolean closed) {
        return new Candle(
                openTime,
                new BigDecimal(open),
                new BigDecimal(high),
                new BigDecimal(low),
                new BigDecimal(close),
                new BigDecimal(volume),
                0,
                Origin.BACKFILL,
                closed);
    }

    private static CoinbaseExchange exchange(String url) {
        ExchangeConfig config = new ExchangeConfig(
                "coinbase", url, null, null, Map.of("XBT", "BTC-USD"), List.of(), 5, Duration.ofMillis(500));
        return new CoinbaseExchange("coinbase", config, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private void await() {
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
