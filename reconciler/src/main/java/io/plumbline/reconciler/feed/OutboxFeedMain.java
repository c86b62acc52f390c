package io.plumbline.reconciler.feed;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.plumbline.runtime.AppMain;
import io.plumbline.runtime.FatalHandler;
import io.plumbline.runtime.RunningParts;
import io.plumbline.runtime.TopicCreator;
import io.plumbline.topics.config.PlumblineConfig;
import java.time.Clock;

/** The outbox feed: one process feeds, others stand by. */
public final class OutboxFeedMain {

    private OutboxFeedMain() {}

    public static void main(String[] args) throws Exception {
        AppMain.run("outbox-feed", args, OutboxFeedMain::start);
    }

    /** Starts it; closing what is returned ends it. */
    public static AutoCloseable start(PlumblineConfig plumbline) throws Exception {
        FeedConfig config = FeedConfig.of(plumbline);
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Clock clock = Clock.systemUTC();
        TopicCreator.ensure(config.kafka(), config.topics());
        return RunningParts.start(parts -> {
            parts.add(FeedLeadership.start(config, new FeedMetrics(meters, clock), clock, FatalHandler.exitProcess()));
            parts.addMetrics(plumbline.apps(), meters, () -> true);
        });
    }
}
