package io.plumbline.detector;

import io.plumbline.topics.Topics;
import io.plumbline.topics.config.CandlesConfig;
import io.plumbline.topics.config.KafkaConfig;
import io.plumbline.topics.config.PlumblineConfig;

/** What the gap-detector needs of the configuration. */
public record GapDetectorConfig(KafkaConfig kafka, Topics topics, int streamThreads, CandlesConfig candles) {

    /** The name of the Kafka Streams application, before the topic prefix. */
    public static final String SERIES_APPLICATION = "plumbline-gap-detector-series";

    /** That of the coordinator of candle runs. */
    static final String RUNS_APPLICATION = "plumbline-candle-runs";

    public static GapDetectorConfig of(PlumblineConfig config) {
        KafkaConfig kafka = config.kafka();
        return new GapDetectorConfig(
                kafka,
                new Topics(kafka.topicPrefix(), kafka.partitions()),
                config.apps().streamThreads(),
                config.candles());
    }
}
