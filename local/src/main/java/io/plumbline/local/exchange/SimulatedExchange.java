package io.plumbline.local.exchange;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.Timeframe;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An exchange that speaks exactly {@code GET
 * /products/{product}/candles?granularity=&start=&end=}: at most 300 candles a request or it is rejected, newest first,
 * no row for a slot without trades, now and then a row before the start, 429 where more is asked than a second allows.
 */
public final class SimulatedExchange implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SimulatedExchange.class);

    private static final int LIMIT = 300;
    /** Every so-manieth answer begins one row early, where there is one. */
    private static final int EARLY = 3;

    private static final Map<Long, Timeframe> GRANULARITIES = Stream.of("1m", "5m", "15m", "1h", "6h", "1d")
            .map(Timeframe::parse)
            .collect(Collectors.toUnmodifiableMap(frame -> frame.lengthMs() / 1_000, frame -> frame));

    private final SimulatedMarket market;
    private final Clock clock;
    private final RequestLimit limit;
    private final HttpServer server;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong rejected = new AtomicLong();
    private volatile ExchangeFaults faults = ExchangeFaults.none();
    private volatile Instant throttledUntil = Instant.MIN;

    private SimulatedExchange(SimulatedMarket market, Clock clock, InetSocketAddress address, int requestsPerSecond) {
        this.market = market;
        this.clock = clock;
        this.limit = new RequestLimit(requestsPerSecond);
        try {
            server = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new UncheckedIOException("the simulated exchange cannot listen at " + address, e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
    }

    /**
     * Starts one on the loopback address.
     *
     * @param port the port that clients connect to; 0 for any
     * @param requestsPerSecond what it allows
     */
    public static SimulatedExchange start(SimulatedMarket market, Clock clock, int port, int requestsPerSecond) {
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        return start(market, clock, loopback, requestsPerSecond);
    }

    public static SimulatedExchange start(
            SimulatedMarket market, Clock clock, InetSocketAddress address, int requestsPerSecond) {
        SimulatedExchange exchange = new SimulatedExchange(market, clock, address, requestsPerSecond);
        exchange.server.start();
        return exchange;
    }

    public String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** All requests so far, whatever was answered. */
    public long requests() {
        return requests.get();
    }

    /** Requests that were more than it allows. */
    public long rejected() {
        return rejected.get();
    }

    /** What goes wrong from now on. */
    public void setFaults(ExchangeFaults planned) {
        faults = planned;
    }

    /** Answers every request with 429 for so long. */
    public void throttle(Duration duration) {
        throttledUntil = clock.instant().plus(duration);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange call) {
        long number = requests.incrementAndGet();
        ExchangeFaults now = faults;
        Reply reply = reply(call, number, now);
        if (ExchangeFaults.hits(now.slow(), number)) {
            ScheduledFuture<?> unused =
                    threads.schedule(() -> send(call, reply), now.delay().toMillis(), TimeUnit.MILLISECONDS);
        } else {
            send(call, reply);
        }
    }

    private record Reply(int status, String body, Optional<Duration> retryAfter) {

        static Reply of(int status, String body) {
            return new Reply(status, body, Optional.empty());
        }

        static Reply message(int status, String message) {
            return of(status, "{\"message\":\"" + message + "\"}");
        }

        static Reply throttled(Duration retryAfter) {
            return new Reply(429, "{\"message\":\"Public rate limit exceeded\"}", Optional.of(retryAfter));
        }
    }

    private Reply reply(HttpExchange call, long number, ExchangeFaults now) {
        Instant time = clock.instant();
        if (time.isBefore(throttledUntil)) {
            return Reply.throttled(Duration.between(time, throttledUntil));
        }
        Optional<Duration> wait = limit.waitFor(time.toEpochMilli());
        if (wait.isPresent()) {
            rejected.incrementAndGet();
            return Reply.throttled(wait.get());
        }
        if (ExchangeFaults.hits(now.throttled(), number)) {
            return Reply.throttled(now.retryAfter());
        }
        if (ExchangeFaults.hits(now.broken(), number)) {
            return Reply.message(503, "Service unavailable");
        }
        Reply candles = candles(call, number);
        return candles.status() == 200 && ExchangeFaults.hits(now.empty(), number) ? Reply.of(200, "[]") : candles;
    }

    private Reply candles(HttpExchange call, long number) {
        String[] path = call.getRequestURI().getPath().split("/", -1);
        boolean right = path.length == 4 && path[1].equals("products") && path[3].equals("candles");
        if (!call.getRequestMethod().equals("GET") || !right || !market.knows(path[2])) {
            return Reply.message(404, "NotFound");
        }
        Map<String, String> query = query(call.getRequestURI().getRawQuery());
        Timeframe timeframe = timeframe(query.getOrDefault("granularity", "60"));
        if (timeframe == null) {
            return Reply.message(400, "Unsupported granularity");
        }
        try {
            long now = clock.millis();
            long end = time(query.get("end"), now);
            long start = time(query.get("start"), end - (LIMIT - 1) * timeframe.lengthMs());
            return candles(number, path[2], timeframe, start, end);
        } catch (DateTimeException e) {
            return Reply.message(400, "Invalid start or end");
        }
    }

    private Reply candles(long number, String product, Timeframe timeframe, long start, long end) {
        long first = timeframe.slotOf(start + timeframe.lengthMs() - 1);
        long last = timeframe.slotOf(end);
        if (last - first >= LIMIT) {
            return Reply.message(
                    400,
                    "granularity too small for the requested time range. Count of aggregations requested exceeds 300");
        }
        long early = number % EARLY == 0 && last - first + 1 < LIMIT ? 1 : 0;
        List<String> rows = market
                .at(clock.millis(), product, timeframe, timeframe.openTimeOf(first - early), timeframe.openTimeOf(last))
                .descendingMap()
                .values()
                .stream()
                .map(SimulatedExchange::row)
                .toList();
        return Reply.of(200, rows.toString());
    }

    private static String row(Candle candle) {
        return "[%d,%s,%s,%s,%s,%s]"
                .formatted(
                        candle.openTime() / 1_000,
                        candle.low().toPlainString(),
                        candle.high().toPlainString(),
                        candle.open().toPlainString(),
                        candle.close().toPlainString(),
                        candle.volume().toPlainString());
    }

    private static @Nullable Timeframe timeframe(String granularity) {
        return granularity.matches("[0-9]{1,9}") ? GRANULARITIES.get(Long.parseLong(granularity)) : null;
    }

    private static long time(@Nullable String text, long otherwise) {
        if (text == null) {
            return otherwise;
        }
        return text.matches("[0-9]{1,12}")
                ? Long.parseLong(text) * 1_000
                : Instant.parse(text).toEpochMilli();
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> query = new HashMap<>();
        for (String part : raw == null ? new String[0] : raw.split("&", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                query.put(
                        part.substring(0, equals),
                        URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    private static void send(HttpExchange call, Reply reply) {
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        call.getResponseHeaders().add("Content-Type", "application/json");
        reply.retryAfter()
                .ifPresent(wait -> call.getResponseHeaders()
                        .add("Retry-After", Long.toString(wait.plusMillis(999).toSeconds())));
        try (call;
                OutputStream out = call.getResponseBody()) {
            call.sendResponseHeaders(reply.status(), body.length);
            out.write(body);
        } catch (IOException e) {
            log.debug("a client did not wait for its answer: {}", e.toString());
        }
    }
}
