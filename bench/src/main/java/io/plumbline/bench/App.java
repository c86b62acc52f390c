package io.plumbline.bench;

import io.plumbline.detector.GapDetectorMain;
import io.plumbline.reconciler.ReconcilerMain;
import io.plumbline.reconciler.feed.OutboxFeedMain;
import io.plumbline.repairer.RepairerMain;
import io.plumbline.ticker.TickerMain;
import java.util.Locale;

/** The apps, each with the entry point that it is started through in a process of its own. */
enum App {
    RECONCILER(ReconcilerMain.class),
    OUTBOX_FEED(OutboxFeedMain.class),
    REPAIRER(RepairerMain.class),
    GAP_DETECTOR(GapDetectorMain.class),
    TICKER(TickerMain.class);

    private final Class<?> main;

    App(Class<?> main) {
        this.main = main;
    }

    String main() {
        return main.getName();
    }

    /** The name as users write it, such as {@code gap-detector}. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
