package io.plumbline.local.demo;

import io.plumbline.local.exchange.SimulatedMarket;
import io.plumbline.local.exchange.Trade;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A market that goes on for ever, and whose past no restart changes: a day's prices follow from the day alone. */
final class MarketDays {

    private final SimulatedMarket market = new SimulatedMarket();
    private @Nullable LocalDate today;

    MarketDays(Instant now) {
        goOn(now);
    }

    SimulatedMarket market() {
        return market;
    }

    /** Makes known what is traded from the day before to the day after; nothing where it is already. */
    void goOn(Instant now) {
        LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC);
        if (day.equals(today)) {
            return;
        }
        today = day;
        for (String product : Prices.products()) {
            List<Trade> trades = Stream.of(day.minusDays(1), day, day.plusDays(1))
                    .flatMap(each -> Prices.of(product, each).stream())
                    .toList();
            market.trades(product, trades);
        }
    }
}
