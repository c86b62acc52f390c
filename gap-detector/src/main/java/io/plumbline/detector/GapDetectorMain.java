package io.plumbline.detector;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.plumbline.detector.exchange.ExchangeTopology;
import io.plumbline.detector.runs.CandleJobs;
import io.plumbline.detector.scan.CacheScanLoop;
import io.plumbline.runs.RunMetrics;
import io.plumbline.runs.RunTopology;
import io.plumbline.runtime.AppMain;
import io.plumbline.runtime.RunningParts;
import io.plumbline.runtime.StreamsApp;
import io.plumbline.runtime.TopicCreator;
import io.plumbline.topics.config.PlumblineConfig;
import java.util.ArrayList;
import java.util.List;

/** The gap-detector: finds the candles that are missing, and runs the scans of the candle cache. */
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
        StreamsApp.Settings settings =
                new StreamsApp.Settings(config.kafka(), config.topics(), config.streamThreads(), meters);
        return RunningParts.start(parts -> {
            List<StreamsApp> streams = new ArrayList<>();
            if (plumbline.apps().streams()) {
                GapDetectorMetrics metrics = new GapDetectorMetrics(meters);
                SeriesTopology series = new SeriesTopology(config, metrics);
                streams.add(parts.add(StreamsApp.start(GapDetectorConfig.SERIES_APPLICATION, series.get(), settings)));
                ExchangeTopology exchanges =
                        new ExchangeTopology(config.topics(), ExchangeLimits.of(plumbline), metrics);
                streams.add(parts.add(StreamsApp.start(ExchangeTopology.APPLICATION_ID, exchanges.get(), settings)));
                String runsId = GapDetectorConfig.RUNS_APPLICATION;
                CandleJobs jobs = new CandleJobs(plumbline);
                RunTopology runs = new RunTopology(
                        runsId, CandleJobs.topics(config.topics()), jobs, new RunMetrics(meters).expecting(jobs));
                streams.add(parts.add(StreamsApp.start(runsId, runs.get(), settings)));
            }
            CacheScanLoop.startInto(parts, plumbline, config.topics(), meters);
            parts.addMetrics(plumbline.apps(), meters, () -> streams.stream().allMatch(StreamsApp::isRunning));
        });
    }

    /** Starts nothing but the stream that keeps the series; its topics must be there. */
    public static StreamsApp startSeries(GapDetectorConfig config, StreamsApp.Settings settings) {
        SeriesTopology series = new SeriesTopology(config, new GapDetectorMetrics(settings.meters()));
        return StreamsApp.start(GapDetectorConfig.SERIES_APPLICATION, series.get(), settings);
    }
}
