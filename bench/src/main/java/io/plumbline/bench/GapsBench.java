package io.plumbline.bench;

import io.plumbline.bench.GapsRound.Way;
import io.plumbline.local.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The stream that keeps the series of candles, at exactly-once on one thread, against streams that do the least and a
 * bare consumer.
 *
 * <ol>
 *   <li>For one series, then for many, each round: write the candles, read them by each way one after the other, in an
 *       order that turns from round to round. The first round warms up.
 *   <li>What the detector keeps of them is read from its changelogs.
 *   <li>Its state is deleted, and the time until it runs again is taken, less that of a start with the state in place.
 * </ol>
 */
@Command(name = "gaps", description = "The detector of gaps: candles per second, state, restoring.")
final class GapsBench implements Callable<Integer> {

    private static final double MILLION = 1e6;

    @Option(names = "--candles", defaultValue = "500000", description = "candles of a round (${DEFAULT-VALUE})")
    private int candles;

    @Option(names = "--series", defaultValue = "10000", description = "series, where there are many (${DEFAULT-VALUE})")
    private int series;

    @Option(names = "--only", description = "only this many series, in place of one and then many: for profiles")
    private int only;

    @Option(names = "--runs", defaultValue = "5", description = "rounds (${DEFAULT-VALUE})")
    private int runs;

    private final Clock clock = Clock.systemUTC();

    @Override
    public Integer call() throws InterruptedException, IOException {
        Path directory = Files.createTempDirectory("plumbline-bench-");
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            if (only > 0) {
                measure(kafka, directory, only, "gaps");
            } else {
                measure(kafka, directory, 1, "gaps.one-series");
                measure(kafka, directory, series, "gaps");
            }
        } finally {
            Files.deleteIfExists(directory);
        }
        return 0;
    }

    private void measure(EmbeddedKafka kafka, Path directory, int many, String name) throws InterruptedException {
        GapsFigures figures = new GapsFigures(name);
        for (int i = 0; i <= runs; i++) {
            String prefix = "gaps-%d-%d.".formatted(many, i);
            try (GapsRound round = new GapsRound(kafka.bootstrapServers(), prefix, directory)) {
                MinuteCandles written = MinuteCandles.of(many, candles, clock.millis());
                round.write(written);
                GapsFigures.Measured measured = measure(round, written, i);
                Console.say("%d series, round %d: %s", many, i, measured);
                if (i > 0) {
                    figures.add(measured);
                }
            }
        }
        figures.print(many == 1);
    }

    private static GapsFigures.Measured measure(GapsRound round, MinuteCandles written, int turn)
            throws InterruptedException {
        List<Way> ways = new ArrayList<>(List.of(Way.values()));
        // So that none always comes after the same other.
        Collections.rotate(ways, turn);
        Map<Way, Double> rates = new EnumMap<>(Way.class);
        for (Way way : ways) {
            // What one way leaves behind is not collected at the cost of the next.
            System.gc();
            rates.put(way, round.rate(way));
        }
        double days = written.daysKept();
        KeptState held = KeptState.of(round.kafka(), "held-candles");
        double slots = KeptState.of(round.kafka(), "slot-blocks")
                .plus(KeptState.of(round.kafka(), "series"))
                .bytes();
        return new GapsFigures.Measured(
                rates,
                slots / days,
                (double) held.bytes() / held.entries(),
                round.restore() / round.candles() * MILLION);
    }
}
