package io.plumbline.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.Timeframe;
import java.time.Duration;
import java.time.Instant;
import java.util.NavigableMap;
import org.junit.jupiter.api.Test;

class MarketDaysTest {

    private static final Instant MORNING = Instant.parse("2026-11-25T09:00:00Z");
    private static final Instant NEXT_DAY = Instant.parse("2026-11-26T00:30:00Z");

    @Test
    void shouldHaveTheSamePastWhenItIsStartedAgainTheNextDay() {
        MarketDays before = new MarketDays(MORNING);
        MarketDays after = new MarketDays(NEXT_DAY);

        assertThat(candles(after, MORNING)).isEqualTo(candles(before, MORNING)).hasSizeGreaterThan(250);
    }

    @Test
    void shouldKnowTradesOfEachDayWhenItGoesOn() {
        MarketDays days = new MarketDays(MORNING);
        Instant twoDaysLater = MORNING.plus(Duration.ofDays(2));

        days.goOn(NEXT_DAY);
        days.goOn(twoDaysLater);

        assertThat(candles(days, twoDaysLater)).hasSizeGreaterThan(250);
    }

    @Test
    void shouldLeaveMinutesWithoutATradeWhenPricesAreMade() {
        assertThat(candles(new MarketDays(MORNING), MORNING)).hasSizeLessThan(300);
    }

    /** Those of the five hours up to then. */
    private static NavigableMap<Long, Candle> candles(MarketDays days, Instant until) {
        return days.market()
                .at(
                        until.toEpochMilli(),
                        "BTC-EUR",
                        Timeframe.parse("1m"),
                        until.minus(Duration.ofHours(5)).toEpochMilli(),
                        until.toEpochMilli() - 1);
    }
}
