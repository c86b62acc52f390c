package io.plumbline.bench;

import io.plumbline.runtime.TopicCreator;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.PlumblineConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Everything at a moderate load for a long time: what grows without end is found out.
 *
 * <ol>
 *   <li>Start all parts, and each app as a process of its own; wait until each has done work.
 *   <li>Sample each process at even intervals while the load goes on.
 *   <li>Tell for each app how heap, memory, threads, handles and state went ({@link Trend}). It fails where one of them does
 *       not level off, a process has ended, a record was given up, or an app had nothing to do.
 * </ol>
 */
@Command(
        name = "soak",
        description =
                "All apps at a moderate load for a long time: heap, threads, open files and state must level off.")
final class SoakCommand implements Callable<Integer> {

    private static final double SECONDS_PER_HOUR = 3_600;
    private static final int SAMPLES = 3;
    private static final int DEAD_SHOWN = 5;

    @Option(names = "--minutes", defaultValue = "30", description = "how long the load goes on (${DEFAULT-VALUE})")
    private double minutes;

    @Option(
            names = "--rate",
            defaultValue = "540",
            description = "changes of rows a second: a tenth of what the fast way sustains (${DEFAULT-VALUE})")
    private double rate;

    @Option(
            names = "--candles",
            defaultValue = "12000",
            description = "candles a second: a tenth of what the detector reads of a backlog (${DEFAULT-VALUE})")
    private double candles;

    @Option(names = "--series", defaultValue = "12000", description = "series of 1m candles (${DEFAULT-VALUE})")
    private int series;

    @Option(names = "--rows", defaultValue = "100000", description = "rows of the table (${DEFAULT-VALUE})")
    private long rows;

    @Option(names = "--every", defaultValue = "10", description = "seconds between samples (${DEFAULT-VALUE})")
    private int every;

    @Option(names = "--heap", defaultValue = "256m", description = "the heap of each app (${DEFAULT-VALUE})")
    private String heap = "256m";

    private final Clock clock = Clock.systemUTC();

    @Override
    public Integer call() throws Exception {
        try (SoakParts parts = SoakParts.start(clock)) {
            new Customers(parts.parts()).fill(rows);
            Path file = parts.configure();
            PlumblineConfig config = SoakParts.load(file);
            Topics topics = SoakParts.topics(config);
            TopicCreator.ensure(config.kafka(), topics);
            SoakLoad.Rates rates = new SoakLoad.Rates(rows, rate, series, candles);
            try (SoakLoad load = new SoakLoad(parts, config, rates, clock);
                    RunWatch deadLetters = new RunWatch(config.kafka(), topics, List.of(topics.deadLetters));
                    SoakApps apps = SoakApps.start(file, parts.parts().directory(), heap)) {
                double hours = sample(apps, load);
                return judge(apps, load, deadLetters, hours);
            }
        }
    }

    /** Samples until the time is over; returns the hours that it took. */
    private double sample(SoakApps apps, SoakLoad load) {
        Console.say("all apps work; sampling every %d s for %.0f minutes", every, minutes);
        long start = System.nanoTime();
        for (int i = 1; i <= Math.max(SAMPLES, minutes * 60 / every); i++) {
            long next = start + TimeUnit.SECONDS.toNanos((long) i * every);
            while (System.nanoTime() < next) {
                LockSupport.parkNanos(next - System.nanoTime());
            }
            load.requireRunning();
            apps.sample();
        }
        return StreamClock.seconds(start) / SECONDS_PER_HOUR;
    }

    private static int judge(SoakApps apps, SoakLoad load, RunWatch deadLetters, double hours) {
        List<Object> dead = new ArrayList<>();
        deadLetters.pollToEnd((value, record) -> dead.add(value));
        Console.print(Figure.of("soak.changes-per-second", List.of(load.changesPerSecond()), "changes/s", null));
        Console.print(Figure.of("soak.candles-per-second", List.of(load.candlesPerSecond()), "candles/s", null));
        Console.print(Figure.of("soak.dead-letters", List.of((double) dead.size()), "records", "0"));
        SoakTable table = apps.table(hours);
        table.print();
        Console.say("done, by what each app counts: %s", apps.work());
        dead.stream().limit(DEAD_SHOWN).forEach(letter -> Console.say("dead letter: %s", letter));
        if (!table.growing().isEmpty()) {
            Console.say("these do not level off: %s", table.growing());
        }
        return dead.isEmpty() && table.growing().isEmpty() ? 0 : 1;
    }
}
