package io.plumbline.local.demo;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the demo; the exit status says whether everything that was planted was found and repaired, and nothing else. */
@Command(
        name = "demo",
        description = "Plants drift in a live system and shows it being found, proven and repaired.",
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {

    private static final int CLIENTS = 2_500;
    private static final int HAND_EDITS = 1;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "The same seed plants the same drift.")
    private long seed;

    @Override
    public Integer call() throws Exception {
        DemoScreen screen = new DemoScreen(System.out);
        boolean passed = new Demo(seed, CLIENTS, HAND_EDITS, screen).run();
        screen.say(passed ? "PASSED" : "FAILED");
        return passed ? 0 : 1;
    }
}
