package io.plumbline.repairer;

import static io.plumbline.repairer.ScriptedExchange.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.stores.CandleCache.CachedCandle;
import io.plumbline.stores.CandleCache.SeriesWindow;
import io.plumbline.stores.CandleExchange.Answer;
import io.plumbline.stores.CandleRetention;
import io.plumbline.stores.memory.InMemoryCandleCache;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.Candle.Origin;
import io.plumbline.topics.record.SeriesKey;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CandleFillerTest {

    private static final SeriesKey BTC = new SeriesKey("coinbase", "BTC/EUR", "1m");
    private static final Instant NOW = Instant.parse("2026-03-02T12:00:30Z");
    /** The slot that is open now. */
    private static final long OPEN = MINUTE.slotOf(NOW.toEpochMilli());

    private final ScriptedExchange exchange = new ScriptedExchange();
    private final InMemoryCandleCache cache = new InMemoryCandleCache(new CandleRetention(100, null));
    private final CandleFiller filler = new CandleFiller(exchange, cache, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void shouldFillWhatTheExchangeHasAndTellWhatItHasNot() {
        trade(OPEN - 9, OPEN - 8, OPEN - 6);

        BackfillResult result = filler.fill(request(OPEN - 8, OPEN - 5, OPEN - 9));

        assertThat(exchange.asked).containsExactly((OPEN - 9) + "-" + (OPEN - 5));
        assertThat(result)
                .isEqualTo(new BackfillResult.Answered(
                        List.of(candle(OPEN - 8), candle(OPEN - 6)), 2, 0, 0, List.of(OPEN - 7, OPEN - 5), true));
        assertThat(cached()).containsExactly(candle(OPEN - 8), candle(OPEN - 6));
    }

    @Test
    void shouldSayThatAnEmptyAnswerProvesNothingWhenNoneThatTradedIsInIt() {
        assertThat(filler.fill(request(OPEN - 8, OPEN - 5, OPEN - 9)))
                .isInstanceOfSatisfying(BackfillResult.Answered.class, answered -> {
                    assertThat(answered.empty()).hasSize(4);
                    assertThat(answered.sawTraded()).isFalse();
                });
    }

    @Test
    void shouldAskForTheNearestThatTradedWhereThereIsRoom() {
        filler.fill(request(OPEN - 20, OPEN - 15, OPEN - 22, OPEN - 14));
        filler.fill(request(OPEN - 20, OPEN - 15, OPEN - 30, OPEN - 23, OPEN - 1));
        filler.fill(request(OPEN - 20, OPEN - 15, OPEN - 25));
        filler.fill(request(OPEN - 20, OPEN - 15, OPEN - 17, OPEN - 14));
        filler.fill(request(OPEN - 20, OPEN - 15));

        assertThat(exchange.asked)
                .containsExactly(
                        (OPEN - 20) + "-" + (OPEN - 14),
                        (OPEN - 23) + "-" + (OPEN - 15),
                        (OPEN - 20) + "-" + (OPEN - 15),
                        (OPEN - 20) + "-" + (OPEN - 15),
                        (OPEN - 20) + "-" + (OPEN - 15));
    }

    @Test
    void shouldNeverFillNorCallEmptyASlotThatIsStillOpen() {
        trade(OPEN - 2);
        exchange.candles.put(OPEN, open(OPEN));

        assertThat(filler.fill(request(OPEN - 1, OPEN + 1, OPEN - 2)))
                .isEqualTo(new BackfillResult.Answered(List.of(), 0, 0, 0, List.of(OPEN - 1), true));
        assertThat(cached()).isEmpty();
    }

    @Test
    void shouldLeaveLiveCandlesAndThoseThatTheStreamHas() {
        trade(OPEN - 5, OPEN - 4, OPEN - 3);
        Candle live = live(OPEN - 4);
        cache.add(BTC, live);

        assertThat(filler.fill(request(OPEN - 5, OPEN - 3, OPEN - 3)))
                .isEqualTo(new BackfillResult.Answered(
                        List.of(candle(OPEN - 5), candle(OPEN - 4)), 1, 1, 0, List.of(), true));
        assertThat(cached()).containsExactly(candle(OPEN - 5), live);
    }

    @Test
    void shouldAnswerTheSameWhenItIsAskedAgainAfterACrash() {
        trade(OPEN - 5, OPEN - 3);

        BackfillResult before = filler.fill(request(OPEN - 5, OPEN - 3, OPEN - 6));
        BackfillResult after = filler.fill(request(OPEN - 5, OPEN - 3, OPEN - 6));

        assertThat(after).isEqualTo(before);
        assertThat(cached()).containsExactly(candle(OPEN - 5), candle(OPEN - 3));
    }

    @Test
    void shouldPassOnThatTheExchangeIsThrottledAwayOrRefuses() {
        exchange.instead = new Answer.Throttled(NOW.plusSeconds(7), "slow down");
        assertThat(filler.fill(request(OPEN - 5, OPEN - 3)))
                .isEqualTo(new BackfillResult.Throttled(NOW.plusSeconds(7), "slow down"));
        exchange.instead = new Answer.Unavailable("gone");
        assertThat(filler.fill(request(OPEN - 5, OPEN - 3))).isEqualTo(new BackfillResult.Unavailable("gone"));
        exchange.instead = new Answer.Refused("no");
        assertThat(filler.fill(request(OPEN - 5, OPEN - 3))).isEqualTo(new BackfillResult.Refused("no"));
        assertThat(cached()).isEmpty();
    }

    @Test
    void shouldBeUnavailableWhenTheCacheIsAwayAndFillWhenItIsBack() {
        trade(OPEN - 5);
        cache.setAway(true);
        assertThat(filler.fill(request(OPEN - 5, OPEN - 5))).isInstanceOf(BackfillResult.Unavailable.class);

        cache.setAway(false);
        assertThat(filler.fill(request(OPEN - 5, OPEN - 5)))
                .isInstanceOfSatisfying(
                        BackfillResult.Answered.class,
                        answered -> assertThat(answered.filled()).isEqualTo(1));
    }

    @Test
    void shouldRefuseMoreThanOneRequestsWorth() {
        assertThat(filler.fill(request(OPEN - 20, OPEN - 10))).isInstanceOf(BackfillResult.Refused.class);
        assertThat(filler.fill(request(OPEN - 20, OPEN - 21))).isInstanceOf(BackfillResult.Refused.class);
        assertThat(exchange.asked).isEmpty();
    }

    private static BackfillRequest request(long first, long last, Long... traded) {
        return new BackfillRequest(BTC, first, last, Set.of(traded));
    }

    private void trade(Long... slots) {
        List.of(slots).forEach(slot -> exchange.candles.put(slot, candle(slot)));
    }

    private List<Candle> cached() {
        return cache.candles(List.of(new SeriesWindow(BTC, 0, Long.MAX_VALUE))).getFirst().stream()
                .map(CachedCandle::candle)
                .map(candle -> Objects.requireNonNull(candle))
                .toList();
    }

    private static Candle candle(long slot) {
        return candle(slot, Origin.BACKFILL, 0, true);
    }

    private static Candle live(long slot) {
        return candle(slot, Origin.LIVE, 7, true);
    }

    private static Candle open(long slot) {
        return candle(slot, Origin.BACKFILL, 0, false);
    }

    private static Candle candle(long slot, Origin origin, long sequence, boolean closed) {
        BigDecimal price = BigDecimal.valueOf(slot);
        return new Candle(MINUTE.openTimeOf(slot), price, price, price, price, price, sequence, origin, closed);
    }
}
