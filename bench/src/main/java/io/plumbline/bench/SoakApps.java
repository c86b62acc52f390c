package io.plumbline.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** All apps, each a process of its own, and what is sampled of them. */
final class SoakApps implements AutoCloseable {

    /** What each app counts of what it is there for. */
    private static final Map<App, String> WORK = new EnumMap<>(Map.of(
            App.RECONCILER, "plumbline_checks_commands_total",
            App.OUTBOX_FEED, "plumbline_feed_lag_seconds_count",
            App.REPAIRER, "plumbline_repairs_commands_total",
            App.GAP_DETECTOR, "plumbline_detector_candles_total",
            App.TICKER, "plumbline_ticker_lateness_seconds_count"));

    private final List<AppProcess> running = new ArrayList<>();
    private final List<Samples> samples = new ArrayList<>();
    private final Meters meters = new Meters();

    private SoakApps() {}

    /** Starts them, and waits until each has done some work. */
    static SoakApps start(Path file, Path directory, String heap) {
        SoakApps apps = new SoakApps();
        boolean started = false;
        try {
            for (App app : App.values()) {
                apps.running.add(AppProcess.start(app, app.label(), file, directory, heap));
            }
            StreamClock.secondsUntil(apps::isReady);
            StreamClock.secondsUntil(apps::allHaveWorked);
            apps.running.forEach(process -> apps.samples.add(new Samples(process)));
            started = true;
            return apps;
        } finally {
            if (!started) {
                apps.close();
            }
        }
    }

    /** Takes a sample of each; throws where one has ended. */
    void sample() {
        samples.forEach(Samples::take);
    }

    /** How everything went over so many hours. */
    SoakTable table(double hours) {
        SoakTable table = new SoakTable();
        samples.forEach(of -> table.add(of.process().app().label(), of.trends(hours)));
        return table;
    }

    /** How much each has done of what it is there for. */
    Map<App, Double> work() {
        Map<App, Double> work = new EnumMap<>(App.class);
        running.forEach(process -> work.put(process.app(), meters.sum(process, WORK.getOrDefault(process.app(), ""))));
        return work;
    }

    private boolean isReady() {
        running.forEach(AppProcess::requireAlive);
        return running.stream().allMatch(process -> meters.answers(process.metricsPort()));
    }

    private boolean allHaveWorked() {
        running.forEach(AppProcess::requireAlive);
        return work().values().stream().allMatch(done -> done > 0);
    }

    @Override
    public void close() {
        samples.forEach(Samples::close);
        running.parallelStream().forEach(AppProcess::close);
    }
}
