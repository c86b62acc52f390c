package io.plumbline.repairer;

import static io.plumbline.repairer.ScriptedExchange.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.stores.CandleCache.CachedCandle;
import io.plumbline.stores.CandleCache.SeriesWindow;
import io.plumbline.stores.CandleExchange.Answer;
import io.plumbline.stores.CandleRetention;
import io.plumbline.stores.memory.InMemoryCandleCache;
import io.plumbline.topics.record.BackfillAnswer;
import io.plumbline.topics.record.BackfillAnswer.Status;
import io.plumbline.topics.record.BackfillCommand;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.Candle.Origin;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.SlotRange;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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

        Backfilled result = filler.ask(command(OPEN - 8, OPEN - 5, OPEN - 9));

        assertThat(exchange.asked).containsExactly((OPEN - 9) + "-" + (OPEN - 5));
        BackfillAnswer answer = result.answer();
        assertThat(answer.status()).isEqualTo(Status.DONE);
        assertThat(answer.asked()).isTrue();
        assertThat(answer.filled()).containsExactly(one(OPEN - 8), one(OPEN - 6));
        assertThat(answer.empty()).containsExactly(one(OPEN - 7), one(OPEN - 5));
        assertThat(answer.kept()).isEmpty();
        assertThat(answer.trimmed()).isEmpty();
        assertThat(answer.sawTraded()).isTrue();
        assertThat(result.candles()).containsExactly(candle(OPEN - 8), candle(OPEN - 6));
        assertThat(cached()).containsExactly(candle(OPEN - 8), candle(OPEN - 6));
    }

    @Test
    void shouldAskOnceForSeveralRangesAndLeaveWhatLiesBetween() {
        trade(OPEN - 9, OPEN - 7, OPEN - 5);

        Backfilled result = filler.ask(command(
                List.of(new SlotRange(OPEN - 9, OPEN - 8), new SlotRange(OPEN - 5, OPEN - 4)), List.of(OPEN - 7)));

        assertThat(exchange.asked).containsExactly((OPEN - 9) + "-" + (OPEN - 4));
        assertThat(result.answer().filled()).containsExactly(one(OPEN - 9), one(OPEN - 5));
        assertThat(result.answer().empty()).containsExactly(one(OPEN - 8), one(OPEN - 4));
        assertThat(result.answer().sawTraded()).isTrue();
        assertThat(cached()).containsExactly(candle(OPEN - 9), candle(OPEN - 5));
    }

    @Test
    void shouldSayThatAnEmptyAnswerProvesNothingWhenNoneThatTradedIsInIt() {
        BackfillAnswer answer =
                filler.ask(command(OPEN - 8, OPEN - 5, OPEN - 9)).answer();

        assertThat(answer.empty()).containsExactly(new SlotRange(OPEN - 8, OPEN - 5));
        assertThat(answer.sawTraded()).isFalse();
    }

    @Test
    void shouldAskForTheNearestThatTradedWhereThereIsRoom() {
        filler.ask(command(OPEN - 20, OPEN - 15, OPEN - 22, OPEN - 14));
        filler.ask(command(OPEN - 20, OPEN - 15, OPEN - 30, OPEN - 23, OPEN - 1));
        filler.ask(command(OPEN - 20, OPEN - 15, OPEN - 25));
        filler.ask(
                command(List.of(new SlotRange(OPEN - 20, OPEN - 18), one(OPEN - 15)), List.of(OPEN - 17, OPEN - 14)));
        filler.ask(command(OPEN - 20, OPEN - 15));

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

        Backfilled result = filler.ask(command(OPEN - 1, OPEN + 1, OPEN - 2));

        assertThat(result.candles()).isEmpty();
        assertThat(result.answer().filled()).isEmpty();
        assertThat(result.answer().empty()).containsExactly(one(OPEN - 1));
        assertThat(cached()).isEmpty();
    }

    @Test
    void shouldLeaveLiveCandlesAndTellTheSeriesOfThem() {
        trade(OPEN - 5, OPEN - 4);
        Candle live = live(OPEN - 4);
        cache.add(BTC, live);

        Backfilled result = filler.ask(command(OPEN - 5, OPEN - 4));

        assertThat(result.answer().filled()).containsExactly(one(OPEN - 5));
        assertThat(result.answer().kept()).containsExactly(one(OPEN - 4));
        assertThat(result.candles()).containsExactly(candle(OPEN - 5), candle(OPEN - 4));
        assertThat(cached()).containsExactly(candle(OPEN - 5), live);
    }

    @Test
    void shouldAnswerTheSameWhenItIsAskedAgainAfterACrash() {
        trade(OPEN - 5, OPEN - 3);

        Backfilled before = filler.ask(command(OPEN - 5, OPEN - 3, OPEN - 6));
        Backfilled after = filler.ask(command(OPEN - 5, OPEN - 3, OPEN - 6));

        assertThat(after).isEqualTo(before);
        assertThat(cached()).containsExactly(candle(OPEN - 5), candle(OPEN - 3));
    }

    @Test
    void shouldWriteOnlyWhatIsAtHandWithoutAskingTheExchange() {
        trade(OPEN - 5, OPEN - 4, OPEN - 3);
        cache.add(BTC, candle(OPEN - 4, Origin.LIVE, 9, true));

        Optional<Backfilled> result = filler.withoutAsking(command(
                "1m", List.of(new SlotRange(OPEN - 5, OPEN - 3)), live(OPEN - 5), live(OPEN - 4), live(OPEN - 9)));

        assertThat(result).hasValueSatisfying(filled -> {
            assertThat(filled.answer().status()).isEqualTo(Status.DONE);
            assertThat(filled.answer().asked()).isFalse();
            assertThat(filled.answer().filled()).containsExactly(one(OPEN - 5));
            assertThat(filled.answer().kept()).containsExactly(one(OPEN - 4));
            assertThat(filled.answer().empty()).isEmpty();
            assertThat(filled.candles()).isEmpty();
        });
        assertThat(exchange.asked).isEmpty();
        assertThat(cached()).containsExactly(live(OPEN - 5), candle(OPEN - 4, Origin.LIVE, 9, true));
    }

    @Test
    void shouldPassOnThatTheExchangeIsThrottledAwayOrRefuses() {
        exchange.instead = new Answer.Throttled(NOW.plusSeconds(7), "slow down");
        BackfillAnswer throttled = filler.ask(command(OPEN - 5, OPEN - 3)).answer();
        assertThat(throttled.status()).isEqualTo(Status.THROTTLED);
        assertThat(throttled.notBefore()).isEqualTo(NOW.plusSeconds(7));
        assertThat(throttled.asked()).isTrue();
        exchange.instead = new Answer.Unavailable("gone");
        assertThat(filler.ask(command(OPEN - 5, OPEN - 3)).answer().status()).isEqualTo(Status.UNAVAILABLE);
        exchange.instead = new Answer.Refused("no");
        BackfillAnswer refused = filler.ask(command(OPEN - 5, OPEN - 3)).answer();
        assertThat(refused.status()).isEqualTo(Status.REFUSED);
        assertThat(refused.reason()).isEqualTo("no");
        assertThat(cached()).isEmpty();
    }

    @Test
    void shouldBeUnavailableWhenTheCacheIsAwayAndFillWhenItIsBack() {
        trade(OPEN - 5);
        cache.setAway(true);
        Backfilled away = filler.ask(command(OPEN - 5, OPEN - 5));
        assertThat(away.answer().status()).isEqualTo(Status.UNAVAILABLE);
        assertThat(away.candles()).isEmpty();
        assertThat(filler.withoutAsking(command("1m", List.of(one(OPEN - 5)), live(OPEN - 5))))
                .hasValueSatisfying(held -> assertThat(held.answer().status()).isEqualTo(Status.UNAVAILABLE));

        cache.setAway(false);
        assertThat(filler.ask(command(OPEN - 5, OPEN - 5)).answer().filled()).containsExactly(one(OPEN - 5));
    }

    @Test
    void shouldRefuseWhatNoRequestCanBeAndSayWhatWouldBeRight() {
        assertThat(refusal(command(OPEN - 20, OPEN - 10)))
                .isEqualTo("it asks for 11 slots from the first to the last; one request is for 1 to 10");
        assertThat(refusal(command(List.of(), List.of()))).isEqualTo("it names no slots; right is at least one");
        assertThat(refusal(command("5m", List.of(one(1))))).isEqualTo("the exchange 'coinbase' has no 5m; it has 1m");
        assertThat(refusal(command("soon", List.of(one(1))))).contains("'soon' is no timeframe; right is");
        assertThat(filler.withoutAsking(command(OPEN - 20, OPEN - 11))).isEmpty();
        assertThat(exchange.asked).isEmpty();
    }

    private String refusal(BackfillCommand command) {
        BackfillAnswer answer = filler.withoutAsking(command).orElseThrow().answer();
        assertThat(answer.status()).isEqualTo(Status.REFUSED);
        assertThat(answer.asked()).isFalse();
        return Objects.requireNonNull(answer.reason());
    }

    private static SlotRange one(long slot) {
        return new SlotRange(slot, slot);
    }

    private static BackfillCommand command(long first, long last, Long... traded) {
        return command(List.of(new SlotRange(first, last)), List.of(traded));
    }

    private static BackfillCommand command(List<SlotRange> slots, List<Long> traded) {
        return new BackfillCommand("coinbase-1", BTC, slots, traded, List.of(), NOW);
    }

    private static BackfillCommand command(String timeframe, List<SlotRange> slots, Candle... held) {
        SeriesKey series = new SeriesKey("coinbase", "BTC/EUR", timeframe);
        return new BackfillCommand("coinbase-1", series, slots, List.of(), List.of(held), NOW);
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
