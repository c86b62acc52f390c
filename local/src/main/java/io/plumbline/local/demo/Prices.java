package io.plumbline.local.demo;

import io.plumbline.local.exchange.SimulatedMarket;
import io.plumbline.local.exchange.Trade;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        CENTS.forEach((product, cents) -> market.trades(product, trades(product, cents, now)));
        return market;
    }

    private static List<Trade> trades(String product, long firstCents, Instant now) {
        Random random = new Random(product.hashCode());
        Instant from = now.truncatedTo(ChronoUnit.MINUTES).minus(BEFORE);
        List<Trade> trades = new ArrayList<>();
        long cents = firstCents;
        for (long time = from.toEpochMilli(); time < now.plus(AHEAD).toEpochMilli(); time += MINUTE_MS) {
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
