package io.plumbline.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The benchmarks: each prints its figures as JSON lines on standard output and its progress on standard error. */
@Command(
        name = "bench",
        description = "Measures Plumbline against bare baselines, in one run on one machine.",
        mixinStandardHelpOptions = true,
        subcommands = {
            ScanBench.class,
            RepairBench.class,
            DetectBench.class,
            CacheScanBench.class,
            GapsBench.class,
            BackfillBench.class,
            TickBench.class,
            StartBench.class,
            ScaleBench.class,
            SoakCommand.class
        })
public final class BenchMain {

    private BenchMain() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new BenchMain()).execute(args));
    }
}
