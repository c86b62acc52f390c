package io.plumbline.detector;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.plumbline.detector.scan.CacheScanLoop;
import io.plumbline.runtime.AppMain;
import io.plumbline.runtime.RunningParts;
import io.plumbline.runtime.StreamsApp;
import io.plumbline.runtime.TopicCreator;
import io.plumbline.topics.config.PlumblineConfig;

/** The gap-detector: finds the candles that are missing. */
public final class GapDetectorMain {

    private GapDetectorMain() {}

    public static void main(String[] args) throws Exception {
        AppMain.run("gap-detector", args, GapDetectorMain::start);
    }

    /** Starts it; closing what is returned ends it. */
    public static AutoCloseable start(PlumblineConfig plumbline) throws Exception {
        GapDetectorConfig config = GapDetectorConfig.of(plumbline);
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        TopicCreator.ensure(config.kafka(), config.topics());
        return RunningParts.start(parts -> {
            StreamsApp series = parts.add(StreamsApp.start(
                    GapDetectorConfig.SERIES_APPLICATION,
                    new SeriesTopology(config, new GapDetectorMetrics(meters)).get(),
                    new StreamsApp.Settings(config.kafka(), config.topics(), config.streamThreads(), meters)));
            CacheScanLoop.startInto(parts, plumbline, config.topics(), meters);
            parts.addMetrics(plumbline.apps(), meters, series::isRunning);
        });
    }
}
