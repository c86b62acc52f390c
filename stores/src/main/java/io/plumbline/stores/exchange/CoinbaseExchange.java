package io.plumbline.stores.exchange;

import io.plumbline.stores.CandleExchange;
import io.plumbline.topics.config.ExchangeConfig;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.Timeframe;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Coinbase Exchange API: {@code GET /products/{product}/candles?granularity=&start=&end=}, both ends included, at
 * most 300 candles. The sequence of what it gives is 0: any live candle is newer.
 */
public final class CoinbaseExchange implements CandleExchange {

    private static final int SLOTS = 300;
    /** Some thirty times what 300 candles take. */
    static final int LONGEST_ANSWER = 1 << 20;

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final List<Timeframe> TIMEFRAMES =
            Stream.of("1m", "5m", "15m", "1h", "6h", "1d").map(Timeframe::parse).toList();

    private final ExchangeConfig config;
    private final Clock clock;
    private final HttpClient http;

    /** @param name what series call it; it makes no difference here */
    public CoinbaseExchange(String name, ExchangeConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(config.timeout())
                .build();
    }

    @Override
    public List<Timeframe> timeframes() {
        return TIMEFRAMES;
    }

    @Override
    public int slotsPerRequest() {
        return SLOTS;
    }

    @Override
    public Answer fetch(SeriesKey series, long first, long last) {
        Timeframe timeframe = Timeframe.parse(series.timeframe());
        Optional<Timeframe> served = TIMEFRAMES.stream()
                .filter(known -> known.lengthMs() == timeframe.lengthMs())
                .findAny();
        if (served.isEmpty()) {
            return new Answer.Refused("it has no " + timeframe.name() + "; it has " + names());
        }
        if (first > last || last - first >= SLOTS) {
            throw new IllegalArgumentException("slots " + first + " to " + last + " are not 1 to " + SLOTS);
        }
        long askedAt = clock.millis();
        try {
            HttpResponse<String> response =
                    http.send(request(series, timeframe, first, last), BoundedBody.upTo(LONGEST_ANSWER));
            return answer(response, new CoinbaseCandles(timeframe, first, last, askedAt));
        } catch (HttpTimeoutException e) {
            return new Answer.Unavailable(
                    "it did not answer within " + config.timeout().toMillis() + " ms");
        } catch (IOException e) {
            if (e.getCause() instanceof BoundedBody.TooLongException tooLong) {
                return new Answer.Refused(String.valueOf(tooLong.getMessage()));
            }
            return new Answer.Unavailable("it cannot be reached: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Unavailable("the request was interrupted");
        }
    }

    private HttpRequest request(SeriesKey series, Timeframe timeframe, long first, long last) {
        String base = config.baseUrl().replaceAll("/+$", "");
        String product = URLEncoder.encode(product(series.symbol()), StandardCharsets.UTF_8)
                .replace("+", "%20");
        URI uri = URI.create("%s/products/%s/candles?granularity=%d&start=%s&end=%s"
                .formatted(
                        base,
                        product,
                        timeframe.lengthMs() / 1_000,
                        Instant.ofEpochMilli(timeframe.openTimeOf(first)),
                        Instant.ofEpochMilli(timeframe.openTimeOf(last))));
        return HttpRequest.newBuilder(uri)
                .timeout(config.timeout())
                .header("Accept", "application/json")
                .header("User-Agent", "plumbline")
                .build();
    }

    private static String names() {
        return String.join(", ", TIMEFRAMES.stream().map(Timeframe::name).toList());
    }

    private String product(String symbol) {
        String product = config.products().get(symbol);
        return product == null ? symbol.replace('/', '-') : product;
    }

    private Answer answer(HttpResponse<String> response, CoinbaseCandles candles) {
        int status = response.statusCode();
        String told = "status " + status + ": " + CoinbaseCandles.excerpt(response.body());
        Optional<String> retryAfter = response.headers().firstValue("Retry-After");
        if (status == TOO_MANY_REQUESTS || (status >= SERVER_ERROR && retryAfter.isPresent())) {
            return new Answer.Throttled(RetryAfter.read(retryAfter.orElse(""), PAUSE, clock), told);
        }
        if (status >= SERVER_ERROR) {
            return new Answer.Unavailable(told);
        }
        return status == 200 ? candles.read(response.body()) : new Answer.Refused(told);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
