package io.plumbline.repairer;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.plumbline.runtime.AppMain;
import io.plumbline.runtime.RunningParts;
import io.plumbline.runtime.TopicCreator;
import io.plumbline.runtime.config.ConfigException;
import io.plumbline.stores.Stores;
import io.plumbline.stores.connect.ConnectedStores;
import io.plumbline.stores.connect.StoresConfigException;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.KafkaConfig;
import io.plumbline.topics.config.PlumblineConfig;

/** The repairer: makes target entities equal to their source, on command. */
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
            Stores stores = parts.add(opened(plumbline));
            if (plumbline.apps().workers()) {
                parts.add(new RepairerLoop(RepairerConfig.of(plumbline), kafka, topics, stores, meters).start());
            }
            parts.addMetrics(plumbline.apps(), meters, () -> true);
        });
    }

    private static Stores opened(PlumblineConfig plumbline) {
        try {
            return ConnectedStores.open(plumbline);
        } catch (StoresConfigException e) {
            throw new ConfigException(e.errors());
        }
    }
}
