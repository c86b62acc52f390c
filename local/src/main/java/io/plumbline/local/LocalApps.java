package io.plumbline.local;

import io.plumbline.detector.GapDetectorMain;
import io.plumbline.reconciler.ReconcilerMain;
import io.plumbline.reconciler.feed.OutboxFeedMain;
import io.plumbline.repairer.RepairerMain;
import io.plumbline.ticker.TickerMain;
import io.plumbline.topics.config.PlumblineConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** All apps in this JVM, each started through its real entry point. */
public final class LocalApps implements AutoCloseable {

    /** An app's {@code start(config)}. */
    @FunctionalInterface
    public interface Entry {
        AutoCloseable start(PlumblineConfig config) throws Exception;
    }

    private static final String OUTBOX_FEED = "outbox-feed";
    private static final Map<String, Entry> ENTRIES = new LinkedHashMap<>();

    static {
        ENTRIES.put("ticker", TickerMain::start);
        ENTRIES.put("reconciler", ReconcilerMain::start);
        ENTRIES.put("repairer", RepairerMain::start);
        ENTRIES.put("gap-detector", GapDetectorMain::start);
        ENTRIES.put(OUTBOX_FEED, OutboxFeedMain::start);
    }

    private final List<AutoCloseable> running;

    private LocalApps(List<AutoCloseable> running) {
        this.running = running;
    }

    /** Starts all that the configuration has work for, at the same time; where one fails, ends the others and throws what it failed with. */
    public static LocalApps start(PlumblineConfig config) throws Exception {
        Map<String, Entry> entries = new LinkedHashMap<>(ENTRIES);
        if (!config.hasPostgres()) {
            entries.remove(OUTBOX_FEED); // It reads PostgreSQL's log, and nothing else.
        }
        LocalApps apps = new LocalApps(new CopyOnWriteArrayList<>());
        try (ExecutorService starters = Executors.newFixedThreadPool(entries.size())) {
            List<Future<Boolean>> starts = starters.invokeAll(entries.values().stream()
                    .<Callable<Boolean>>map(entry -> () -> apps.running.add(entry.start(config)))
                    .toList());
            for (Future<Boolean> start : starts) {
                start.get();
            }
            return apps;
        } catch (ExecutionException e) {
            apps.close();
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    @Override
    public void close() {
        try (ExecutorService closers = Executors.newFixedThreadPool(ENTRIES.size())) {
            running.forEach(app -> closers.execute(() -> Closing.quietly(app)));
        }
        running.clear();
    }
}
