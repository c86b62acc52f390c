package io.plumbline.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.local.EmbeddedKafka;
import io.plumbline.runtime.KafkaClients;
import io.plumbline.runtime.Received;
import io.plumbline.runtime.TopicCreator;
import io.plumbline.runtime.TopicReader;
import io.plumbline.ticker.TickerMain;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.KafkaConfig;
import io.plumbline.topics.record.Tick;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three tickers, killed and paused at random while schedules are due every minute: exactly one tick per schedule and
 * nominal instant, whoever wakes up late. It goes on for {@code plumbline.chaos.minutes} minutes, 1 by default.
 */
class TickerChaosTest {

    private static final int SCHEDULES = 60;
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String CONFIG = """
            kafka: { bootstrap-servers: "replaced:0", partitions: 4 }
            redis: { nodes: ["127.0.0.1:1"] }
            exchanges:
              sim: { adapter: coinbase, base-url: "http://127.0.0.1", timeframes: [1m] }
            schedules:
            """
            + IntStream.range(0, SCHEDULES)
                    .mapToObj("  s%d: { cron: '* * * * *', job: sim-candles, catch-up: all }\n"::formatted)
                    .collect(Collectors.joining());

    private final long seed = Long.getLong("plumbline.chaos.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    /** Kept where the test fails: the processes' logs are in it. */
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path directory;

    @Test
    void shouldTickExactlyOncePerScheduleAndInstantWhoeverIsKilledOrPaused() throws Exception {
        int minutes = Integer.getInteger("plumbline.chaos.minutes", 1);
        try (EmbeddedKafka kafka = EmbeddedKafka.start(null, 0)) {
            KafkaConfig config =
                    new KafkaConfig(kafka.bootstrapServers(), "", 4, (short) 1, directory.toString(), Map.of());
            Topics topics = new Topics("", 4);
            TopicCreator.ensure(config, topics);
            Map<String, String> environment = Map.of("PLUMBLINE_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
            Instant end;
            try (Fleet fleet = new Fleet(CONFIG, environment, directory)) {
                for (int i = 1; i <= 3; i++) {
                    fleet.start("ticker-" + i, TickerMain.class);
                }
                await("the first ticks").atMost(PATIENCE).until(() -> allTicked(config, topics));
                Instant chaosEnds =
                        Instant.now().truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofMinutes(minutes));
                disturb(fleet, chaosEnds);
                end = Instant.now().truncatedTo(ChronoUnit.MINUTES);
                await("the last ticks").atMost(PATIENCE).until(() -> allTickedAt(config, topics, end));
                assertThat(fleet.events()).as("seed %d", seed).hasSizeGreaterThan(5 * minutes);
            }

            Map<String, Map<Instant, Integer>> ticks = ticks(config, topics);
            assertThat(ticks).hasSizeGreaterThanOrEqualTo(SCHEDULES);
            ticks.forEach((schedule, instants) -> {
                List<Instant> nominal = List.copyOf(instants.keySet());
                assertThat(instants.values())
                        .as("seed %d: ticks of %s", seed, schedule)
                        .containsOnly(1);
                if (schedule.startsWith("s") && !schedule.startsWith("sim")) {
                    assertThat(nominal)
                            .as("seed %d: instants of %s, none missing", seed, schedule)
                            .isEqualTo(minutesFrom(nominal.getFirst(), nominal.getLast()));
                    assertThat(nominal).contains(end);
                }
            });
        }
    }

    /** Kills, pauses and resumes at random until then; mostly one of three is paused, longer than its session lasts. */
    private void disturb(Fleet fleet, Instant until) {
        Map<String, Instant> resumeAt = new HashMap<>();
        while (Instant.now().isBefore(until)) {
            fleet.restartEnded();
            Instant now = Instant.now();
            resumeAt.entrySet().removeIf(entry -> {
                boolean due = !now.isBefore(entry.getValue());
                if (due) {
                    fleet.resume(entry.getKey());
                }
                return due;
            });
            if (random.nextInt(20) == 0) {
                String name = fleet.names().get(random.nextInt(fleet.names().size()));
                if (!fleet.isPaused(name) && random.nextBoolean() && resumeAt.size() < 2) {
                    fleet.pause(name);
                    resumeAt.put(name, now.plusSeconds(1 + random.nextInt(60)));
                } else {
                    resumeAt.remove(name);
                    fleet.replace(name);
                }
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        resumeAt.keySet().forEach(fleet::resume);
    }

    private static boolean allTicked(KafkaConfig config, Topics topics) {
        return ticks(config, topics).keySet().stream()
                        .filter(schedule -> !schedule.startsWith("sim"))
                        .count()
                == SCHEDULES;
    }

    private static boolean allTickedAt(KafkaConfig config, Topics topics, Instant nominal) {
        return ticks(config, topics).entrySet().stream()
                .filter(entry -> !entry.getKey().startsWith("sim"))
                .allMatch(entry -> entry.getValue().containsKey(nominal));
    }

    /** How many ticks there are by schedule and nominal instant. */
    private static Map<String, Map<Instant, Integer>> ticks(KafkaConfig config, Topics topics) {
        Map<String, Map<Instant, Integer>> ticks = new TreeMap<>();
        try (TopicReader<Tick> reader =
                new TopicReader<>(new KafkaClients(config).openReader(), topics.ticks, PATIENCE)) {
            for (Received<Tick> received : reader.all()) {
                Tick tick = received.value();
                ticks.computeIfAbsent(tick.schedule(), schedule -> new TreeMap<>())
                        .merge(tick.nominal(), 1, Integer::sum);
            }
        }
        return ticks;
    }

    private static List<Instant> minutesFrom(Instant first, Instant last) {
        return IntStream.rangeClosed(0, (int) Duration.between(first, last).toMinutes())
                .mapToObj(minute -> first.plus(Duration.ofMinutes(minute)))
                .toList();
    }
}
