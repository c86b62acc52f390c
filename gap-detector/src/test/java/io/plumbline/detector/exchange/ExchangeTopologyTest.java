package io.plumbline.detector.exchange;

import static io.plumbline.detector.exchange.ExchangeUnderTest.SERIES;
import static io.plumbline.detector.exchange.ExchangeUnderTest.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.plumbline.topics.record.BackfillCommand;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.Gap;
import io.plumbline.topics.record.RunEvent;
import io.plumbline.topics.record.SeriesCommand;
import io.plumbline.topics.record.SeriesEvent;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.SlotRange;
import io.plumbline.topics.record.Trace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExchangeTopologyTest {

    private static final Instant START = Instant.parse("2026-01-01T10:15:00Z");
    private static final String HOUR = "coinbase.continuous.2026-01-01T10";
    private static final long SLOT = ExchangeUnderTest.MINUTES.slotOf(START.toEpochMilli()) - 1_000;
    private static final SeriesKey OTHER = new SeriesKey("coinbase", "ETH-EUR", "1m");

    @TempDir
    Path stateDir;

    private ExchangeUnderTest exchange;

    @BeforeEach
    void open() {
        exchange = new ExchangeUnderTest(stateDir, START);
    }

    @AfterEach
    void close() {
        exchange.close();
    }

    @Test
    void shouldHaveTheTopologyThatWasMeant() throws IOException {
        try (InputStream golden = Objects.requireNonNull(getClass().getResourceAsStream("/exchange-topology.txt"))) {
            assertThat(exchange.topology().describe().toString())
                    .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void shouldAskOnceItHasSettledWhenAGapIsFound() {
        exchange.found(SERIES, SLOT, SLOT + 2);
        exchange.pass(Duration.ofSeconds(3));
        assertThat(exchange.takeRequests()).isEmpty();

        exchange.pass(Duration.ofSeconds(4));
        BackfillCommand request = onlyRequest();
        assertThat(request.slots()).containsExactly(new SlotRange(SLOT, SLOT + 2));
        assertThat(request.traded()).containsExactly(SLOT - 1);

        exchange.answer(Answers.of(request, slot -> true));
        assertThat(exchange.counted(HOUR))
                .isEqualTo(Map.of(
                        "slots_expected", 3L,
                        "slots_missing", 3L,
                        "candles_filled", 3L,
                        "gaps_found", 1L,
                        "gaps_filled", 1L,
                        "outages", 1L,
                        "requests_made", 1L));
        assertThat(exchange.entries(ExchangeStores.SLOTS)).isEmpty();
        assertThat(exchange.entries(ExchangeStores.GAPS)).isEmpty();
        assertThat(exchange.entries(ExchangeStores.REQUESTS)).isEmpty();
    }

    @Test
    void shouldVerifyThatASlotIsEmptyByTwoBelievedAnswersAMinuteApart() {
        exchange.found(SERIES, SLOT, SLOT);
        exchange.pass(Duration.ofSeconds(7));
        exchange.answer(Answers.of(onlyRequest(), slot -> slot != SLOT));
        exchange.pass(Duration.ofSeconds(58));
        assertThat(exchange.takeRequests()).isEmpty();
        assertThat(exchange.takeCommands()).isEmpty();

        exchange.pass(Duration.ofSeconds(4));
        exchange.answer(Answers.of(onlyRequest(), slot -> slot != SLOT));

        assertThat(exchange.takeCommands())
                .containsExactly(new SeriesCommand.VerifiedEmpty(SERIES, List.of(new SlotRange(SLOT, SLOT))));
        assertThat(exchange.counted(HOUR))
                .containsEntry("gaps_verified_empty", 1L)
                .containsEntry("verified_empty", 1L);
    }

    @Test
    void shouldNotBelieveAnEmptyAnswerThatLacksWhatIsKnownToHaveTraded() {
        exchange.found(SERIES, SLOT, SLOT);
        exchange.pass(Duration.ofSeconds(7));
        for (int i = 0; i < 5; i++) {
            exchange.answer(Answers.nothing(onlyRequest()));
            exchange.pass(Duration.ofSeconds(i == 4 ? 17 : 9));
        }

        exchange.answer(Answers.of(onlyRequest(), slot -> true));
        assertThat(exchange.counted(HOUR)).containsEntry("gaps_filled", 1L).containsEntry("requests_made", 6L);
    }

    @Test
    void shouldGiveUpWhenTheExchangeNeverHasWhatWasSeen() {
        exchange.found(SERIES, SLOT, SLOT);
        exchange.pass(Duration.ofSeconds(7));
        for (int i = 0; i < 10; i++) {
            exchange.takeRequests().forEach(request -> exchange.answer(Answers.nothing(request)));
            exchange.pass(Duration.ofSeconds(10));
        }

        assertThat(exchange.takeRequests()).isEmpty();
        assertThat(exchange.counted(HOUR)).containsEntry("gaps_failed", 1L);
        assertThat(exchange.settled().getFirst().note()).contains("lack even the candle of " + at(SLOT - 1));
    }

    @Test
    void shouldGiveUpWhenNothingCanProveAnEmptyAnswer() {
        exchange.found(SERIES, SLOT, SLOT, SLOT, null);
        exchange.pass(Duration.ofSeconds(7));
        for (int i = 0; i < 3; i++) {
            exchange.answer(Answers.nothing(onlyRequest()));
            exchange.pass(Duration.ofSeconds(40));
        }

        assertThat(exchange.takeRequests()).isEmpty();
        assertThat(exchange.counted(HOUR)).containsEntry("gaps_failed", 1L).containsEntry("still_missing", 1L);
        assertThat(exchange.settled().getFirst().note()).contains("not believed");
    }

    @Test
    void shouldShareARequestWhenGapsAreNeighbours() {
        exchange.found(SERIES, SLOT, SLOT + 1);
        exchange.found(SERIES, SLOT + 5, SLOT + 5);
        exchange.found(SERIES, SLOT + 290, SLOT + 320);
        exchange.found(OTHER, SLOT, SLOT);
        exchange.pass(Duration.ofSeconds(7));

        List<BackfillCommand> requests = exchange.takeRequests();
        assertThat(requests)
                .extracting(BackfillCommand::slots)
                .containsExactlyInAnyOrder(
                        List.of(
                                new SlotRange(SLOT, SLOT + 1),
                                new SlotRange(SLOT + 5, SLOT + 5),
                                new SlotRange(SLOT + 290, SLOT + 298)),
                        List.of(new SlotRange(SLOT + 299, SLOT + 320)),
                        List.of(new SlotRange(SLOT, SLOT)));
        requests.forEach(request -> exchange.answer(Answers.of(request, slot -> true)));

        assertThat(exchange.counted(HOUR))
                .containsEntry("gaps_filled", 4L)
                .containsEntry("candles_filled", 35L)
                .containsEntry("requests_made", 3L);
    }

    @Test
    void shouldGrowAGapAsLongAsSomeOfItIsOpen() {
        exchange.found(SERIES, SLOT, SLOT);
        exchange.pass(Duration.ofSeconds(7));
        exchange.found(SERIES, SLOT, SLOT + 1, SLOT + 1, SLOT - 1);
        exchange.pass(Duration.ofSeconds(7));
        List<BackfillCommand> requests = exchange.takeRequests();
        assertThat(requests).hasSize(2);
        exchange.answer(Answers.of(requests.get(1), slot -> true));
        assertThat(exchange.settled()).isEmpty();
        exchange.answer(Answers.of(requests.get(0), slot -> true));

        assertThat(exchange.settled()).hasSize(1);
        assertThat(exchange.gaps().values()).singleElement().satisfies(gap -> {
            assertThat(gap.status()).isEqualTo(Gap.Status.FILLED);
            assertThat(gap.first()).isEqualTo(at(SLOT));
            assertThat(gap.last()).isEqualTo(at(SLOT + 1));
            assertThat(gap.filled()).isEqualTo(2);
        });

        exchange.found(SERIES, SLOT, SLOT + 2, SLOT + 2, SLOT - 1);
        assertThat(exchange.gaps()).hasSize(2);
    }

    @Test
    void shouldTellAQuietSeriesFromAnOutage() {
        exchange.tell(new SeriesEvent.Active("coinbase", SLOT + 1));
        exchange.found(SERIES, SLOT, SLOT + 2);
        exchange.found(OTHER, SLOT + 2, SLOT + 3);
        exchange.tell(new SeriesEvent.Active("kraken", SLOT + 2));
        exchange.pass(Duration.ofSeconds(7));
        exchange.takeRequests().forEach(request -> exchange.answer(Answers.of(request, slot -> true)));

        assertThat(exchange.gaps().values())
                .extracting(Gap::series, Gap::silence)
                .containsExactlyInAnyOrder(tuple(SERIES, Gap.Silence.QUIET), tuple(OTHER, Gap.Silence.OUTAGE));
        assertThat(exchange.counted(HOUR)).containsEntry("outages", 1L);
    }

    @Test
    void shouldCountAnOutageOnceWhenAllSeriesWereSilent() {
        for (int i = 0; i < 20; i++) {
            exchange.found(new SeriesKey("coinbase", "S" + i, "1m"), SLOT + i % 2, SLOT + 4);
        }
        exchange.found(SERIES, SLOT + 40, SLOT + 41);
        exchange.pass(Duration.ofSeconds(7));
        for (List<BackfillCommand> sent = exchange.takeRequests(); !sent.isEmpty(); sent = exchange.takeRequests()) {
            sent.forEach(request -> exchange.answer(Answers.of(request, slot -> true)));
        }

        assertThat(exchange.counted(HOUR)).containsEntry("gaps_filled", 21L).containsEntry("outages", 2L);
    }

    @Test
    void shouldPutTheRunsTraceOnTheGapItsRequestAndItsOutcomeWhenTheTaskMovedBetween() {
        Trace trace = new Trace("request", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", null);
        exchange.suspected("scan.1", SERIES, SLOT, SLOT, Duration.ofMinutes(15), trace);
        exchange.restart();
        exchange.tell(new SeriesEvent.Held(SERIES, List.of(new SlotRange(SLOT, SLOT)), List.of(), at(SLOT - 1)));
        exchange.pass(Duration.ofSeconds(1));

        exchange.takeRequests().forEach(request -> exchange.answer(Answers.of(request, slot -> true)));

        assertThat(exchange.counted("scan.1")).containsEntry("gaps_filled", 1L);
        assertThat(exchange.traces().stream().filter(trace::equals))
                .as("the gap opened, its request, its outcome, the gap closed")
                .hasSize(4);
    }

    @Test
    void shouldFillFromWhatTheSeriesHoldsFirstWhenTheCacheHasAHole() {
        exchange.suspected("scan.1", SERIES, SLOT, SLOT + 3, Duration.ofMinutes(15));
        assertThat(exchange.takeCommands())
                .containsExactly(new SeriesCommand.FindHeld(SERIES, List.of(new SlotRange(SLOT, SLOT + 3))));
        exchange.pass(Duration.ofSeconds(10));
        assertThat(exchange.takeRequests()).isEmpty();

        Candle held = ExchangeUnderTest.candle(SLOT + 1);
        exchange.tell(
                new SeriesEvent.Held(SERIES, List.of(new SlotRange(SLOT, SLOT + 3)), List.of(held), at(SLOT - 1)));
        exchange.pass(Duration.ofSeconds(1));
        List<BackfillCommand> requests = exchange.takeRequests();
        assertThat(requests).hasSize(2);
        assertThat(requests.get(0).held()).containsExactly(held);
        assertThat(requests.get(0).slots()).containsExactly(new SlotRange(SLOT + 1, SLOT + 1));
        assertThat(requests.get(1).held()).isEmpty();
        assertThat(requests.get(1).slots())
                .containsExactly(new SlotRange(SLOT, SLOT), new SlotRange(SLOT + 2, SLOT + 3));
        requests.forEach(request -> exchange.answer(Answers.of(request, slot -> true)));

        assertThat(exchange.counted("scan.1"))
                .isEqualTo(Map.of("candles_filled", 4L, "gaps_filled", 1L, "outages", 1L, "requests_made", 1L));
    }

    @Test
    void shouldGiveEachRunItsOutcomeWhenTwoWaitForTheSameSlots() {
        exchange.found(SERIES, SLOT, SLOT + 3);
        exchange.suspected("scan.1", SERIES, SLOT + 2, SLOT + 5, Duration.ofMinutes(15));
        assertThat(exchange.takeCommands())
                .containsExactly(new SeriesCommand.FindHeld(SERIES, List.of(new SlotRange(SLOT + 4, SLOT + 5))));
        exchange.tell(new SeriesEvent.Held(SERIES, List.of(new SlotRange(SLOT + 4, SLOT + 5)), List.of(), null));
        exchange.pass(Duration.ofSeconds(7));
        exchange.takeRequests().forEach(request -> exchange.answer(Answers.of(request, slot -> true)));

        assertThat(exchange.counted(HOUR)).containsEntry("candles_filled", 4L).containsEntry("gaps_filled", 1L);
        assertThat(exchange.counted("scan.1"))
                .containsEntry("candles_filled", 4L)
                .containsEntry("gaps_filled", 1L);
    }

    @Test
    void shouldTakeALateCandleForTheSlotsOwn() {
        exchange.found(SERIES, SLOT, SLOT + 1);
        exchange.tell(new SeriesEvent.SlotArrived(SERIES, at(SLOT), Candle.Origin.LIVE));
        exchange.pass(Duration.ofSeconds(7));
        BackfillCommand request = onlyRequest();
        assertThat(request.slots()).containsExactly(new SlotRange(SLOT + 1, SLOT + 1));
        exchange.tell(new SeriesEvent.SlotArrived(SERIES, at(SLOT + 1), Candle.Origin.LIVE));
        exchange.answer(Answers.nothing(request));

        assertThat(exchange.counted(HOUR))
                .containsEntry("slots_present", 2L)
                .containsEntry("gaps_filled", 1L)
                .doesNotContainKey("candles_filled");
        assertThat(exchange.entries(ExchangeStores.SLOTS)).isEmpty();
    }

    @Test
    void shouldCountAsPresentWhatTheCacheKept() {
        exchange.suspected("scan.1", SERIES, SLOT, SLOT, Duration.ofMinutes(15));
        exchange.tell(new SeriesEvent.Held(SERIES, List.of(new SlotRange(SLOT, SLOT)), List.of(), at(SLOT - 1)));
        exchange.pass(Duration.ofSeconds(1));
        exchange.answer(Answers.kept(onlyRequest()));

        assertThat(exchange.counted("scan.1"))
                .containsEntry("slots_present", 1L)
                .containsEntry("gaps_filled", 1L);
    }

    @Test
    void shouldAskNothingBeforeTheExchangeWantsItAgain() {
        exchange.found(SERIES, SLOT, SLOT);
        exchange.pass(Duration.ofSeconds(7));
        exchange.answer(Answers.throttled(onlyRequest(), exchange.now().plusSeconds(60)));
        exchange.found(OTHER, SLOT, SLOT);
        exchange.pass(Duration.ofSeconds(58));
        assertThat(exchange.takeRequests()).isEmpty();

        exchange.pass(Duration.ofSeconds(4));
        List<BackfillCommand> requests = exchange.takeRequests();
        assertThat(requests).hasSize(2);
        requests.forEach(request -> exchange.answer(Answers.of(request, slot -> true)));
        assertThat(exchange.counted(HOUR)).containsEntry("gaps_filled", 2L);
    }

    @Test
    void shouldLetScansGoOnWithoutAndTheStreamWaitWhenTheExchangeStaysAway() {
        exchange.found(SERIES, SLOT, SLOT);
        exchange.suspected("scan.1", SERIES, SLOT, SLOT, Duration.ofMinutes(15));
        exchange.pass(Duration.ofSeconds(7));
        for (int i = 0; i < 20; i++) {
            exchange.takeRequests().forEach(request -> exchange.answer(Answers.away(request)));
            exchange.pass(Duration.ofSeconds(10));
        }
        assertThat(exchange.counted("scan.1")).containsEntry("gaps_failed", 1L).containsEntry("still_missing", 1L);
        assertThat(exchange.settled().getFirst().note())
                .contains("outage: nothing of coinbase came from", "status 503");
        assertThat(exchange.counted(HOUR)).doesNotContainKey("gaps_found");

        exchange.pass(Duration.ofSeconds(31));
        exchange.takeRequests().forEach(request -> exchange.answer(Answers.of(request, slot -> true)));
        assertThat(exchange.counted(HOUR)).containsEntry("gaps_filled", 1L);
    }

    @Test
    void shouldGiveUpWhenTheExchangeRefuses() {
        exchange.found(SERIES, SLOT, SLOT + 1);
        exchange.pass(Duration.ofSeconds(7));
        exchange.answer(Answers.refused(onlyRequest()));

        assertThat(exchange.counted(HOUR)).containsEntry("gaps_failed", 1L).containsEntry("still_missing", 2L);
    }

    @Test
    void shouldSayThatNothingCanBeAskedWhenAnExchangeIsNotConfigured() {
        exchange.found(new SeriesKey("kraken", "X", "1m"), SLOT, SLOT + 1);

        assertThat(exchange.settled())
                .singleElement()
                .extracting(RunEvent.CaseSettled::note)
                .asString()
                .contains("'kraken' is not configured");
        assertThat(exchange.entries(ExchangeStores.SLOTS)).isEmpty();
    }

    @Test
    void shouldLetGoWhenTheDeadlineOfARunHasPassed() {
        exchange.suspected("scan.1", SERIES, SLOT, SLOT + 9, Duration.ofMinutes(1));
        exchange.pass(Duration.ofSeconds(62));

        assertThat(exchange.counted("scan.1")).containsEntry("gaps_failed", 1L);
        assertThat(exchange.entries(ExchangeStores.SLOTS)).isEmpty();
        assertThat(exchange.entries(ExchangeStores.GAPS)).isEmpty();
    }

    @Test
    void shouldAskForAYearPartByPartAndLetOthersGoBetween() {
        long year = Duration.ofDays(365).toMinutes();
        exchange.found(SERIES, SLOT - year, SLOT - 1);
        exchange.pass(Duration.ofSeconds(7));
        int others = 0;
        int asked = 0;
        for (List<BackfillCommand> sent = exchange.takeRequests(); !sent.isEmpty(); sent = exchange.takeRequests()) {
            assertThat(sent).hasSizeLessThanOrEqualTo(ExchangeUnderTest.RULES.outstanding());
            for (BackfillCommand request : sent) {
                assertThat(SlotRange.size(request.slots())).isLessThanOrEqualTo(300);
                others += request.series().equals(OTHER) ? 1 : 0;
                exchange.answer(Answers.of(request, slot -> true));
                asked++;
            }
            if (asked == 100) {
                exchange.found(OTHER, SLOT, SLOT);
                exchange.pass(Duration.ofSeconds(6));
            }
            if (asked > 108) {
                assertThat(others).as("answered after %d requests", asked).isEqualTo(1);
            }
        }

        assertThat(exchange.counted(HOUR))
                .containsEntry("candles_filled", year + 1)
                .containsEntry("gaps_filled", 2L);
        assertThat(asked).isBetween((int) (year / 300), (int) (year / 300) + 4);
    }

    @Test
    void shouldReportASeriesThatIsMislabelled() {
        exchange.tell(new SeriesEvent.Mislabelled(SERIES, at(SLOT).plusSeconds(30)));

        assertThat(exchange.events()).singleElement().isInstanceOfSatisfying(RunEvent.Counted.class, counted -> {
            assertThat(counted.counters()).containsExactly(Map.entry("mislabelled", 1L));
            assertThat(counted.unreadable())
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.reason()).contains("mislabelled"));
        });
    }

    private BackfillCommand onlyRequest() {
        List<BackfillCommand> requests = exchange.takeRequests();
        assertThat(requests).hasSize(1);
        return requests.getFirst();
    }
}
