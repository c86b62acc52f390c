package io.plumbline.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The full scan of identical stores, from the first segment's start to the last answer.
 *
 * <ol>
 *   <li>Fill both stores; warm up the scan, the look-ups and every way of a bare read until the compilers are done, and
 *       keep the fastest way of each store.
 *   <li>Each round: the two bare reads, one after the other, then the scan by a reconciler in a process of its own. All
 *       of a round runs within seconds, so that a noisy machine disturbs both alike.
 *   <li>The rounds of the scan again over a larger table.
 * </ol>
 */
@Command(name = "scan", description = "Full scans against bare reads and look-ups of single rows.")
final class ScanBench implements Callable<Integer> {

    private static final int SAMPLE = 20_000;
    private static final int WARM_UPS = 4;

    @Option(names = "--rows", defaultValue = "1000000", description = "rows of the table (${DEFAULT-VALUE})")
    private long rows;

    @Option(
            names = "--grown",
            defaultValue = "4000000",
            description = "rows of the larger table; 0 for none (${DEFAULT-VALUE})")
    private long grown;

    @Option(names = "--runs", defaultValue = "3", description = "rounds (${DEFAULT-VALUE})")
    private int runs;

    @Option(names = "--heap", defaultValue = "256m", description = "the reconciler's heap (${DEFAULT-VALUE})")
    private String heap = "256m";

    @Override
    public Integer call() throws InterruptedException {
        try (BenchParts parts = BenchParts.start()) {
            Customers customers = new Customers(parts);
            customers.fill(rows);
            try (Reconciler reconciler = Reconciler.start(parts, heap);
                    BareProcess bare = BareProcess.start(parts, heap)) {
                warmUp(bare, reconciler);
                List<Double> scans = rounds(bare, reconciler);
                if (grown > rows) {
                    customers.fill(grown);
                    reconciler.scan(grown);
                    double usual = Figure.median(scans) / rows;
                    List<Double> growth = IntStream.range(0, runs)
                            .mapToObj(i -> reconciler.scan(grown) / grown / usual)
                            .toList();
                    Console.print(
                            Figure.of("scan.growth-1m-to-4m", growth, "ratio of the cost per row", "at most 1.1"));
                }
            }
        }
        return 0;
    }

    private void warmUp(BareProcess bare, Reconciler reconciler) {
        bare.chooseWays();
        for (int i = 0; i < WARM_UPS; i++) {
            bare.lookups(SAMPLE);
            reconciler.scan(rows);
        }
    }

    private List<Double> rounds(BareProcess bare, Reconciler reconciler) {
        List<Double> scans = new ArrayList<>();
        List<Double> overBare = new ArrayList<>();
        List<Double> overLookups = new ArrayList<>();
        for (int i = 1; i <= runs; i++) {
            double postgres = bare.postgres();
            double mongo = bare.mongo();
            double scan = reconciler.scan(rows);
            double lookups = bare.lookups(SAMPLE) * rows / SAMPLE;
            Console.say(
                    "round %d: PostgreSQL %.0f ms, MongoDB %.0f ms, scan %.0f ms, one look-up per row %.0f ms",
                    i, postgres, mongo, scan, lookups);
            scans.add(scan);
            overBare.add(scan / (postgres + mongo));
            overLookups.add(lookups / scan);
        }
        Console.print(Figure.of("scan.over-bare-reads", overBare, "ratio of time", "at most 1.3"));
        Console.print(Figure.of("scan.over-row-lookups", overLookups, "times faster", "at least 30"));
        Console.print(Figure.of(
                "scan.rows-per-second",
                scans.stream().map(ms -> rows * 1_000 / ms).toList(),
                "rows/s",
                null));
        return scans;
    }
}
