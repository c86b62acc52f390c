package io.plumbline.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/** The benchmarks: each prints its figures as JSON lines on standard output and its progress on standard error. */
@Command(
        name = "bench",
        description = "Measures Plumbline against bare baselines, in one run on one machine.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
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
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new BenchMain()).registerConverter(int.class, BenchMain::atLeastOne);
    }

    /** Rounds, sizes and times: none of them makes sense without one. */
    private static int atLeastOne(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 1) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is not a whole number");
        }
        throw new TypeConversionException("'" + text + "' is not right; right is 1 or more");
    }
}
