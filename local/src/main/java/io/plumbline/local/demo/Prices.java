package io.plumbline.local.demo;

import io.plumbline.local.exchange.SimulatedMarket;
import io.plumbline.local.exchange.Trade;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** A market to play with: some products whose prices wander, with now and then a minute without a trade. */
public final class Prices {

    private static final Map<String, Long> CENTS =
            Map.of("BTC-EUR", 5_500_000L, "ETH-EUR", 180_000L, "SOL-EUR", 14_000L);
    private static final Duration BEFORE = Duration.ofHours(12);
    private static final Duration AHEAD = Duration.ofHours(36);
    private static final long MINUTE_MS = 60_000;
    /** One minute in so many has no trade. */
    private static final int QUIET = 20;

    private Prices() {}

    static Set<String> products() {
        return new TreeSet<>(CENTS.keySet());
    }

    /** What was traded before a time, and will be traded after it: a market says nothing of what lies ahead. */
    public static SimulatedMarket market(Instant now) {
        SimulatedMarket market = new SimulatedMarket();
        Instant from = now.truncatedTo(ChronoUnit.MINUTES).minus(BEFORE);
        CENTS.forEach((product, cents) ->
                market.trades(product, trades(cents, from, now.plus(AHEAD), new Random(product.hashCode()))));
        return market;
    }

    /** A day's trades, in UTC; they follow from the product and the day alone. */
    static List<Trade> of(String product, LocalDate day) {
        Instant from = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        long cents = Objects.requireNonNull(CENTS.get(product), product);
        return trades(
                cents, from, from.plus(Duration.ofDays(1)), new Random(31L * product.hashCode() + day.toEpochDay()));
    }

    private static List<Trade> trades(long firstCents, Instant from, Instant until, Random random) {
        List<Trade> trades = new ArrayList<>();
        long cents = firstCents;
        for (long time = from.toEpochMilli(); time < until.toEpochMilli(); time += MINUTE_MS) {
            int count = random.nextInt(QUIET) == 0 ? 0 : 1 + random.nextInt(3);
            for (int i = 0; i < count; i++) {
                cents += (long) (random.nextGaussian() * firstCents / 5_000);
                trades.add(new Trade(
                        time + random.nextInt((int) MINUTE_MS),
                        BigDecimal.valueOf(cents, 2),
                        BigDecimal.valueOf(1 + random.nextInt(100_000), 5)));
            }
        }
        return trades;
    }
}
