package io.plumbline.local;

import io.plumbline.reconciler.ReconcilerMain;
import io.plumbline.repairer.RepairerMain;
import io.plumbline.ticker.TickerMain;
import io.plumbline.topics.config.PlumblineConfig;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** All apps in this JVM, each started through its real entry point. */
public final class LocalApps implements AutoCloseable {

    /** An app's {@code start(config)}. */
    @FunctionalInterface
    public interface Entry {
        AutoCloseable start(PlumblineConfig config) throws Exception;
    }

    private static final Map<String, Entry> ENTRIES = new LinkedHashMap<>();

    static {
        ENTRIES.put("ticker", TickerMain::start);
        ENTRIES.put("reconciler", ReconcilerMain::start);
        ENTRIES.put("repairer", RepairerMain::start);
    }

    private final Deque<AutoCloseable> running = new ArrayDeque<>();

    private LocalApps() {}

    /** Starts them one after the other; where one fails, ends the others. */
    public static LocalApps start(PlumblineConfig config) throws Exception {
        LocalApps apps = new LocalApps();
        boolean started = false;
        try {
            for (Entry entry : ENTRIES.values()) {
                apps.running.push(entry.start(config));
            }
            started = true;
            return apps;
        } finally {
            if (!started) {
                apps.close();
            }
        }
    }

    @Override
    public void close() {
        while (!running.isEmpty()) {
            Closing.quietly(running.pop());
        }
    }
}
