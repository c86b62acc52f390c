package io.plumbline.repairer;

import static io.plumbline.repairer.ScriptedExchange.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.repairer.PacedFiller.Pacing;
import io.plumbline.runtime.Received;
import io.plumbline.stores.CandleExchange;
import io.plumbline.stores.CandleExchange.Answer;
import io.plumbline.stores.CandleRetention;
import io.plumbline.stores.memory.InMemoryCandleCache;
import io.plumbline.topics.Topics;
import io.plumbline.topics.record.BackfillAnswer;
import io.plumbline.topics.record.BackfillAnswer.Status;
import io.plumbline.topics.record.BackfillCommand;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.Candle.Origin;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.SlotRange;
import io.plumbline.topics.record.Timeframe;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BackfillWorkerTest {

    private static final Instant NOW = Instant.parse("2026-03-02T12:00:30Z");
    private static final Instant DEADLINE = NOW.plusSeconds(60);
    private static final long OPEN = MINUTE.slotOf(NOW.toEpochMilli());
    private static final double PER_SECOND = 5;
    private static final Executor INLINE = Runnable::run;

    private final Topics topics = new Topics("", 1);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final PassingTime time = new PassingTime(NOW);
    private final ScriptedExchange exchange = new ScriptedExchange();
    private final InMemoryCandleCache cache = new InMemoryCandleCache(new CandleRetention(1_000, null));
    private final BackfillWorker worker = worker(Map.of("coinbase", paced(exchange, time)));

    @Test
    void shouldAnswerEachCommandAndSendWhatTheExchangeBrought() throws InterruptedException {
        trade(OPEN - 3, OPEN - 2);

        List<ProducerRecord<byte[], byte[]>> records =
                worker.handle(List.of(received(command(1, OPEN - 3)), received(command(2, OPEN - 9))));

        assertThat(records)
                .extracting(ProducerRecord::topic, record -> new String(record.key(), StandardCharsets.UTF_8))
                .containsExactly(
                        tuple("backfill-results", "coinbase"),
                        tuple("candles", "coinbase:BTC-EUR:1m"),
                        tuple("backfill-results", "coinbase"));
        assertThat(topics.candles
                        .value()
                        .deserializer()
                        .deserialize("candles", records.get(1).value()))
                .isEqualTo(candle(OPEN - 3));
        assertThat(meters.get("plumbline.backfill.candles").counter().count()).isEqualTo(1);
    }

    @Test
    void shouldSpaceRequestsEvenlyFromAnEmptyBudgetAndSendBackWhatASecondDoesNotHold() throws InterruptedException {
        List<BackfillAnswer> answers = answers(commands(8));

        assertThat(time.waits)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 5)
                        .mapToObj(i -> NOW.plusMillis(200L * i))
                        .toList());
        assertThat(answers.subList(0, 5)).allMatch(answer -> answer.status() == Status.DONE && answer.asked());
        assertThat(answers.subList(5, 8)).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(Status.THROTTLED);
            assertThat(answer.asked()).isFalse();
            assertThat(answer.notBefore()).isEqualTo(NOW.plusMillis(1_210));
        });
        assertThat(exchange.asked).hasSize(5);
    }

    @Test
    void shouldUseAlmostAllThatIsPermittedWhenCommandsAreWaiting() throws InterruptedException {
        int maxBatch = 5;
        for (int batch = 0; batch < 60; batch++) {
            answers(commands(maxBatch));
            time.pass(Duration.ofMillis(300)); // the commit, and the way to the next batch
        }

        double seconds = Duration.between(NOW, time.instant()).toMillis() / 1_000.0;
        assertThat(exchange.asked).hasSize(60 * maxBatch);
        assertThat(exchange.asked.size() / seconds).isBetween(0.95 * PER_SECOND, PER_SECOND);
    }

    @Test
    void shouldAskNothingMoreWhenTheExchangeSaysThatItIsTooMuch() throws InterruptedException {
        exchange.instead = new Answer.Throttled(NOW.plusSeconds(7), "slow down");

        List<BackfillAnswer> answers = answers(commands(3));

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(Status.THROTTLED);
            assertThat(answer.notBefore()).isEqualTo(NOW.plusSeconds(7));
        });
        assertThat(answers).extracting(BackfillAnswer::asked).containsExactly(true, false, false);
        exchange.instead = null;
        assertThat(answers(commands(1)).getFirst().notBefore()).isEqualTo(NOW.plusSeconds(7));
        time.pass(Duration.ofSeconds(8));
        assertThat(answers(commands(1)).getFirst().status()).isEqualTo(Status.DONE);
    }

    @Test
    void shouldBeginWithoutBudgetWhenItTakesPartitionsOver() throws InterruptedException {
        time.pass(Duration.ofSeconds(10));

        worker.assigned();
        answers(commands(1));

        assertThat(time.waits).containsExactly(NOW.plusMillis(10_200));
    }

    @Test
    void shouldNotWaitForABudgetWhenCandlesAreAtHand() throws InterruptedException {
        BackfillCommand held = new BackfillCommand(
                "coinbase-1",
                series("coinbase"),
                List.of(slot(OPEN - 3)),
                List.of(),
                List.of(candle(OPEN - 3)),
                DEADLINE);

        BackfillAnswer answer = answers(List.of(held)).getFirst();

        assertThat(answer.filled()).containsExactly(slot(OPEN - 3));
        assertThat(answer.asked()).isFalse();
        assertThat(time.waits).isEmpty();
        assertThat(exchange.asked).isEmpty();
    }

    @Test
    void shouldNotExecuteWhatHasExpiredBeforeOrWhileItWaits() throws InterruptedException {
        List<BackfillAnswer> answers = answers(List.of(
                command(1, "coinbase", OPEN - 3, NOW.minusMillis(1)),
                command(2, "coinbase", OPEN - 3, NOW.plusMillis(100))));

        assertThat(answers).extracting(BackfillAnswer::status).containsOnly(Status.EXPIRED);
        assertThat(exchange.asked).isEmpty();
    }

    @Test
    void shouldRefuseAnExchangeThatIsNotConfiguredAndSayWhichAre() throws InterruptedException {
        BackfillAnswer answer =
                answers(List.of(command(1, "kraken", OPEN - 3, DEADLINE))).getFirst();

        assertThat(answer.status()).isEqualTo(Status.REFUSED);
        assertThat(answer.reason()).isEqualTo("no exchange 'kraken' is configured; there are coinbase");
        assertThat(answer.asked()).isFalse();
    }

    @Test
    void shouldRefuseOneCommandAndAnswerTheOthersWhenAnAdapterFails() throws InterruptedException {
        trade(OPEN - 3);
        CandleExchange failing = new FailingExchange(exchange, OPEN - 4);
        BackfillWorker withFailing = worker(Map.of("coinbase", paced(failing, time)));

        List<Backfilled> filled = withFailing.fill(List.of(command(1, OPEN - 4), command(2, OPEN - 3)));

        assertThat(filled).extracting(one -> one.answer().status()).containsExactly(Status.REFUSED, Status.DONE);
        assertThat(filled.getFirst().answer().reason()).contains("no idea");
    }

    @Test
    @Timeout(30)
    void shouldNotLetExchangesWaitForEachOther() throws InterruptedException {
        CountDownLatch both = new CountDownLatch(2);
        BackfillWorker meeting = worker(Map.of(
                "a", paced(new MeetingExchange(both), new PassingTime(NOW)),
                "b", paced(new MeetingExchange(both), new PassingTime(NOW))));

        List<Backfilled> filled =
                meeting.fill(List.of(command(1, "a", OPEN - 3, DEADLINE), command(2, "b", OPEN - 3, DEADLINE)));

        assertThat(filled).extracting(one -> one.answer().status()).containsOnly(Status.DONE);
    }

    private BackfillWorker worker(Map<String, PacedFiller> exchanges) {
        return new BackfillWorker(exchanges, topics, new RepairerMetrics(meters));
    }

    private PacedFiller paced(CandleExchange of, PassingTime passing) {
        return new PacedFiller(new CandleFiller(of, cache, passing), PER_SECOND, new Pacing(passing, passing, INLINE));
    }

    private List<BackfillAnswer> answers(List<BackfillCommand> commands) throws InterruptedException {
        return worker.fill(commands).stream().map(Backfilled::answer).toList();
    }

    private List<BackfillCommand> commands(int count) {
        List<BackfillCommand> commands = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            commands.add(command(i, "coinbase", OPEN - 2 - i, time.instant().plusSeconds(60)));
        }
        return commands;
    }

    private static BackfillCommand command(int number, long slot) {
        return command(number, "coinbase", slot, DEADLINE);
    }

    private static BackfillCommand command(int number, String exchange, long slot, Instant deadline) {
        return new BackfillCommand(
                exchange + "-" + number, series(exchange), List.of(slot(slot)), List.of(), List.of(), deadline);
    }

    private static SeriesKey series(String exchange) {
        return new SeriesKey(exchange, "BTC-EUR", "1m");
    }

    private static SlotRange slot(long slot) {
        return new SlotRange(slot, slot);
    }

    private static Received<BackfillCommand> received(BackfillCommand command) {
        return new Received<>("backfill-requests", 0, 0, 0, command.series().exchange(), command);
    }

    private void trade(Long... slots) {
        List.of(slots).forEach(slot -> exchange.candles.put(slot, candle(slot)));
    }

    private static Candle candle(long slot) {
        BigDecimal price = BigDecimal.valueOf(slot);
        return new Candle(MINUTE.openTimeOf(slot), price, price, price, price, price, 0, Origin.BACKFILL, true);
    }

    /** An adapter with a defect at one slot. */
    private record FailingExchange(CandleExchange working, long failing) implements CandleExchange {

        @Override
        public List<Timeframe> timeframes() {
            return working.timeframes();
        }

        @Override
        public int slotsPerRequest() {
            return working.slotsPerRequest();
        }

        @Override
        public Answer fetch(SeriesKey series, long first, long last) {
            if (first == failing) {
                throw new IllegalStateException("no idea");
            }
            return working.fetch(series, first, last);
        }

        @Override
        public void close() {}
    }

    /** One that answers when all of them were asked. */
    private record MeetingExchange(CountDownLatch all) implements CandleExchange {

        @Override
        public List<Timeframe> timeframes() {
            return List.of(MINUTE);
        }

        @Override
        public int slotsPerRequest() {
            return 10;
        }

        @Override
        public Answer fetch(SeriesKey series, long first, long last) {
            all.countDown();
            try {
                return all.await(20, TimeUnit.SECONDS)
                        ? new Answer.Candles(List.of())
                        : new Answer.Unavailable("the other was not asked");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Answer.Unavailable("interrupted");
            }
        }

        @Override
        public void close() {}
    }
}
