package io.plumbline.ticker;

import io.plumbline.topics.Topics;
import io.plumbline.topics.config.KafkaConfig;
import io.plumbline.topics.config.PlumblineConfig;
import io.plumbline.topics.config.ScheduleConfig;
import java.util.Map;

/**
 * What the ticker needs of the configuration.
 *
 * @param schedules the schedules to seed, by name
 * @param ticksAtOnce ticks of one schedule that one clock record fires at most; the rest follows with the next
 */
public record TickerConfig(
        KafkaConfig kafka, Topics topics, int streamThreads, Map<String, ScheduleConfig> schedules, int ticksAtOnce) {

    /** The name of the Kafka Streams application, before the topic prefix. */
    static final String APPLICATION = "plumbline-ticker";

    private static final int TICKS_AT_ONCE = 500;

    static TickerConfig of(PlumblineConfig config) {
        KafkaConfig kafka = config.kafka();
        return new TickerConfig(
                kafka,
                new Topics(kafka.topicPrefix(), kafka.partitions()),
                config.apps().streamThreads(),
                config.schedules(),
                TICKS_AT_ONCE);
    }
}
