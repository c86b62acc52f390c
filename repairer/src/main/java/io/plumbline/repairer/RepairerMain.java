package io.plumbline.repairer;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.plumbline.runtime.AppMain;
import io.plumbline.runtime.RunningParts;
import io.plumbline.runtime.TopicCreator;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.KafkaConfig;
import io.plumbline.topics.config.PlumblineConfig;

/** The repairer: makes target entities equal to their source and fills gaps of candles, on command. */
public final class RepairerMain {

    private RepairerMain() {}

    public static void main(String[] args) throws Exception {
        AppMain.run("repairer", args, RepairerMain::start);
    }

    /** Starts it; closing what is returned ends it. */
    public static AutoCloseable start(PlumblineConfig plumbline) throws Exception {
        KafkaConfig kafka = plumbline.kafka();
        Topics topics = new Topics(kafka.topicPrefix(), kafka.partitions());
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        TopicCreator.ensure(kafka, topics);
        return RunningParts.start(parts -> {
            if (plumbline.apps().workers()) {
                RepairerStores stores = parts.add(RepairerStores.open(plumbline));
                stores.documents()
                        .ifPresent(documents -> parts.add(
                                new RepairerLoop(RepairerConfig.of(plumbline), kafka, topics, documents, meters)
                                        .start()));
                stores.candles()
                        .ifPresent(candles -> parts.add(new BackfillLoop(plumbline, topics, candles, meters).start()));
            }
            parts.addMetrics(plumbline.apps(), meters, () -> true);
        });
    }
}
