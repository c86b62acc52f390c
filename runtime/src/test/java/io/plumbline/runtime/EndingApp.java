package io.plumbline.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;

/** An app of one part, in a process of its own; the second argument says how it ends. */
final class EndingApp {

    /** What the part does. */
    enum Part {
        ENDS_IN_ORDER,
        DOES_NOT_END_IN_ORDER,
        FAILS_AND_DOES_NOT_END_IN_ORDER
    }

    private EndingApp() {}

    public static void main(String[] args) throws InterruptedException {
        Part part = Part.valueOf(args[1]);
        if (part == Part.FAILS_AND_DOES_NOT_END_IN_ORDER) {
            Thread.ofPlatform().start(EndingApp::failOnceItRuns);
        }
        AppMain.run("ending-app", args, config -> () -> {
            if (part != Part.ENDS_IN_ORDER) {
                throw new IllegalStateException("its batch is not committed");
            }
        });
    }

    /** When a line comes: before the app runs, there is nothing to be closed. */
    private static void failOnceItRuns() {
        try {
            if (System.in.read() >= 0) {
                FatalHandler.exitProcess().fatal("part", new IllegalStateException("Kafka stayed away"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the test cannot be heard", e);
        }
    }
}
