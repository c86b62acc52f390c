package io.plumbline.ticker;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.plumbline.runtime.AppMain;
import io.plumbline.runtime.RunningParts;
import io.plumbline.runtime.StreamsApp;
import io.plumbline.runtime.TopicCreator;
import io.plumbline.topics.config.PlumblineConfig;

/** The ticker: seeds the configured schedules and fires ticks. */
public final class TickerMain {

    private TickerMain() {}

    public static void main(String[] args) throws Exception {
        AppMain.run("ticker", args, TickerMain::start);
    }

    /** Starts it; closing what is returned ends it. */
    public static AutoCloseable start(PlumblineConfig plumbline) throws Exception {
        TickerConfig config = TickerConfig.of(plumbline);
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        TopicCreator.ensure(config.kafka(), config.topics());
        ScheduleSeeder.seed(config);
        return RunningParts.start(parts -> {
            StreamsApp streams = parts.add(StreamsApp.start(
                    TickerConfig.APPLICATION,
                    new TickerTopology(config, new TickerMetrics(meters)).get(),
                    new StreamsApp.Settings(config.kafka(), config.topics(), config.streamThreads(), meters)));
            parts.addMetrics(plumbline.apps(), meters, streams::isRunning);
        });
    }
}
