package io.plumbline.ticker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.runtime.StreamsApp;
import io.plumbline.ticker.cron.DueTimes;
import io.plumbline.topics.Topic;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.KafkaConfig;
import io.plumbline.topics.record.ClockTime;
import io.plumbline.topics.record.DeadLetter;
import io.plumbline.topics.record.Schedule;
import io.plumbline.topics.record.Schedule.CatchUp;
import io.plumbline.topics.record.Schedule.Origin;
import io.plumbline.topics.record.Tick;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TickerTopologyTest {

    private static final Instant START = Instant.parse("2026-11-21T22:30:00Z");
    private static final int TICKS_AT_ONCE = 10;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path stateDir;

    @SuppressWarnings("NullAway.Init") // set before each test
    private TopologyTestDriver driver;

    @SuppressWarnings("NullAway.Init") // set before each test
    private TickerTopology topology;

    private final Topics topics = new Topics("", 1);
    private Instant now = START;

    @BeforeEach
    void start() {
        KafkaConfig kafka = new KafkaConfig("unused:9092", "", 1, (short) 1, stateDir.toString(), Map.of());
        TickerConfig config = new TickerConfig(kafka, topics, 1, Map.of(), TICKS_AT_ONCE);
        topology = new TickerTopology(config, new TickerMetrics(new SimpleMeterRegistry()));
        driver = new TopologyTestDriver(
                topology.get(),
                StreamsApp.properties(
                        TickerConfig.APPLICATION, new StreamsApp.Settings(kafka, topics, 1, new SimpleMeterRegistry())),
                START);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void shouldHaveTheTopologyThatWasMeant() throws IOException {
        try (InputStream golden = Objects.requireNonNull(getClass().getResourceAsStream("/topology.txt"))) {
            assertThat(topology.get().describe().toString())
                    .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void shouldTickOncePerHourWhenTheHourComes() {
        write("hourly", schedule("0 * * * *", CatchUp.LATEST));

        pass(Duration.ofHours(3), Duration.ofMinutes(1));

        assertThat(ticks())
                .extracting(Tick::schedule, Tick::job, Tick::nominal)
                .containsExactly(
                        tuple("hourly", "debts", Instant.parse("2026-11-21T23:00:00Z")),
                        tuple("hourly", "debts", Instant.parse("2026-11-22T00:00:00Z")),
                        tuple("hourly", "debts", Instant.parse("2026-11-22T01:00:00Z")));
    }

    @Test
    void shouldTickAtTheZonesTimeWhenAZoneIsGiven() {
        write("daily", new Schedule("0 2 * * *", "Asia/Kolkata", "debts", null, false, false, null));

        pass(Duration.ofDays(1), Duration.ofMinutes(10));

        assertThat(ticks()).extracting(Tick::nominal).containsExactly(Instant.parse("2026-11-22T20:30:00Z"));
    }

    @Test
    void shouldFireNothingTwiceWhenAProposalIsReadTwice() {
        write("hourly", schedule("0 * * * *", CatchUp.ALL));
        ClockTime clock = new ClockTime(0, START.plus(Duration.ofHours(2)));

        input(topics.tickClock).pipeInput("0", clock);
        input(topics.tickClock).pipeInput("0", clock);
        input(topics.tickClock).pipeInput("0", new ClockTime(0, START.plus(Duration.ofHours(1))));

        assertThat(ticks()).hasSize(2);
    }

    @Test
    void shouldOnlyProposeWhenAPunctuationFindsSomethingDue() {
        write("hourly", schedule("0 * * * *", CatchUp.LATEST));
        pass(Duration.ofMinutes(20), Duration.ofMinutes(1));
        assertThat(output(topics.tickClock).isEmpty()).isTrue();

        pass(Duration.ofMinutes(20), Duration.ofMinutes(1));
        assertThat(output(topics.tickClock).readValuesToList())
                .containsExactly(new ClockTime(0, Instant.parse("2026-11-21T23:00:00Z")));
    }

    @Test
    void shouldFireTheNewestMissedInstantWhenItWakesUpLate() {
        write("latest", schedule("0 * * * *", CatchUp.LATEST));
        write("all", schedule("0 * * * *", CatchUp.ALL));
        write("none", schedule("0 * * * *", CatchUp.NONE));

        pass(Duration.ofHours(5), Duration.ofHours(5));

        List<Tick> ticks = ticks();
        assertThat(ticks).filteredOn(tick -> tick.schedule().equals("latest")).hasSize(1);
        assertThat(ticks).filteredOn(tick -> tick.schedule().equals("all")).hasSize(5);
        assertThat(ticks).filteredOn(tick -> tick.schedule().equals("none")).isEmpty();
    }

    @Test
    void shouldGoOnWithTheNextProposalWhenMoreWasMissedThanOneFires() {
        write("every-minute", schedule("* * * * *", CatchUp.ALL));

        pass(Duration.ofMinutes(35), Duration.ofMinutes(35));
        assertThat(ticks()).hasSize(TICKS_AT_ONCE);

        pass(Duration.ofSeconds(1), Duration.ofMillis(100));
        assertThat(ticks())
                .extracting(Tick::nominal)
                .isEqualTo(DueTimes.parse("* * * * *", "UTC")
                        .between(START.plus(Duration.ofMinutes(TICKS_AT_ONCE)), now, 100));
    }

    @Test
    void shouldNotCatchUpWithThePauseWhenItIsResumed() {
        write("hourly", schedule("0 * * * *", CatchUp.ALL));
        write("hourly", new Schedule("0 * * * *", null, "debts", CatchUp.ALL, true, false, null));
        pass(Duration.ofHours(3), Duration.ofMinutes(1));
        assertThat(ticks()).isEmpty();

        write("hourly", schedule("0 * * * *", CatchUp.ALL));
        pass(Duration.ofHours(2), Duration.ofMinutes(1));

        assertThat(ticks())
                .extracting(Tick::nominal)
                .containsExactly(Instant.parse("2026-11-22T02:00:00Z"), Instant.parse("2026-11-22T03:00:00Z"));
    }

    @Test
    void shouldNotFireForEarlierTimesWhenTheLineIsChanged() {
        write("changing", schedule("0 * * * *", CatchUp.ALL));
        pass(Duration.ofMinutes(70), Duration.ofMinutes(1));
        write("changing", schedule("15 * * * *", CatchUp.ALL));
        pass(Duration.ofMinutes(60), Duration.ofMinutes(1));

        assertThat(ticks())
                .extracting(Tick::nominal)
                .containsExactly(Instant.parse("2026-11-21T23:00:00Z"), Instant.parse("2026-11-22T00:15:00Z"));
    }

    @Test
    void shouldFireNoInstantAgainWhenAScheduleIsDeletedAndReturns() {
        write("hourly", schedule("0 * * * *", CatchUp.ALL));
        pass(Duration.ofMinutes(40), Duration.ofMinutes(1));
        write("hourly", new Schedule("0 * * * *", null, "debts", CatchUp.ALL, false, true, null));
        input(topics.schedules).pipeInput("hourly", schedule("0 * * * *", CatchUp.ALL), START);
        pass(Duration.ofMinutes(40), Duration.ofMinutes(1));

        assertThat(ticks()).extracting(Tick::nominal).containsExactly(Instant.parse("2026-11-21T23:00:00Z"));
    }

    @Test
    void shouldStartNowWhenTheRecordsTimeIsFarAhead() {
        input(topics.schedules)
                .pipeInput("hourly", schedule("0 * * * *", CatchUp.LATEST), START.plus(Duration.ofDays(400)));

        pass(Duration.ofHours(2), Duration.ofMinutes(1));

        assertThat(ticks()).hasSize(2);
    }

    @Test
    void shouldKeepADeletionWhenItWasATombstone() {
        write("hourly", schedule("0 * * * *", CatchUp.LATEST));
        write("hourly", null);
        pass(Duration.ofHours(2), Duration.ofMinutes(1));

        assertThat(ticks()).isEmpty();
        assertThat(output(topics.schedules).readValuesToList()).singleElement().satisfies(written -> {
            assertThat(written.deleted()).isTrue();
            assertThat(written.ownedByOperator()).isTrue();
        });
    }

    @Test
    void shouldWriteAnOperatorsRecordAgainWhenTheConfigurationCameAfter() {
        Schedule operators = schedule("15 * * * *", CatchUp.LATEST);
        write("hourly", operators);
        write("hourly", new Schedule("0 * * * *", "UTC", "debts", null, false, false, Origin.CONFIGURATION));

        pass(Duration.ofHours(1), Duration.ofMinutes(1));

        assertThat(output(topics.schedules).readValuesToList()).containsExactly(operators);
        assertThat(ticks()).extracting(Tick::nominal).containsExactly(Instant.parse("2026-11-21T23:15:00Z"));
    }

    @Test
    void shouldRefuseWhatCannotBeTakenAndHarmNoOther() {
        write("good", schedule("0 * * * *", CatchUp.LATEST));
        write("bad-line", schedule("61 * * * *", CatchUp.LATEST));
        write("bad-zone", new Schedule("0 * * * *", "Mars/Base", "debts", null, false, false, null));
        driver.createInputTopic(
                        topics.schedules.name(),
                        Serdes.String().serializer(),
                        Serdes.String().serializer())
                .pipeInput("no-job", "{\"cron\": \"0 * * * *\"}", now);

        pass(Duration.ofHours(1), Duration.ofMinutes(1));

        assertThat(ticks()).extracting(Tick::schedule).containsExactly("good");
        List<DeadLetter> letters = output(topics.deadLetters).readValuesToList();
        assertThat(letters).extracting(DeadLetter::key).containsExactly("bad-line", "bad-zone", "no-job");
        assertThat(letters)
                .allSatisfy(letter -> assertThat(letter.topic()).isEqualTo("schedules"))
                .extracting(DeadLetter::reason)
                .satisfiesExactly(
                        line -> assertThat(line).contains("'61 * * * *'", "not in range [0, 59]"),
                        zone -> assertThat(zone).contains("'Mars/Base' is not a time zone"),
                        job -> assertThat(job).contains("no job"));
    }

    @Test
    void shouldGoOnAsBeforeWhenAChangeIsRefused() {
        write("hourly", schedule("0 * * * *", CatchUp.LATEST));
        write("hourly", schedule("0 25 * * *", CatchUp.LATEST));

        pass(Duration.ofHours(1), Duration.ofMinutes(1));

        assertThat(ticks()).hasSize(1);
    }

    private static Schedule schedule(String cron, CatchUp catchUp) {
        return new Schedule(cron, null, "debts", catchUp, false, false, null);
    }

    @SuppressWarnings("NullAway") // null is a tombstone
    private void write(String name, @Nullable Schedule schedule) {
        input(topics.schedules).pipeInput(name, schedule, now);
    }

    private void pass(Duration time, Duration step) {
        Instant end = now.plus(time);
        while (now.isBefore(end)) {
            driver.advanceWallClockTime(step);
            now = now.plus(step);
        }
    }

    private List<Tick> ticks() {
        return output(topics.ticks).readValuesToList();
    }

    private <V> TestInputTopic<String, V> input(Topic<String, V> topic) {
        return driver.createInputTopic(
                topic.name(), topic.key().serializer(), topic.value().serializer());
    }

    private <V> TestOutputTopic<String, V> output(Topic<String, V> topic) {
        return driver.createOutputTopic(
                topic.name(), topic.key().deserializer(), topic.value().deserializer());
    }
}
