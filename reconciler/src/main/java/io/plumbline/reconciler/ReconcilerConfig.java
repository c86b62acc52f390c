package io.plumbline.reconciler;

import io.plumbline.topics.Topics;
import io.plumbline.topics.config.AppsConfig;
import io.plumbline.topics.config.KafkaConfig;
import io.plumbline.topics.config.PlumblineConfig;

/** What starting the reconciler needs of the configuration; its parts take what they need themselves. */
record ReconcilerConfig(PlumblineConfig plumbline, KafkaConfig kafka, Topics topics, AppsConfig apps) {

    /** The Kafka Streams application id of the run coordinator. */
    static final String RUNS_APPLICATION = "plumbline-runs";

    static ReconcilerConfig of(PlumblineConfig config) {
        KafkaConfig kafka = config.kafka();
        return new ReconcilerConfig(config, kafka, new Topics(kafka.topicPrefix(), kafka.partitions()), config.apps());
    }
}
