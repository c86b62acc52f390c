package io.plumbline.reconciler.feed;

import io.plumbline.runtime.KafkaClients;
import io.plumbline.runtime.TopicReader;
import io.plumbline.topics.Topic;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads the last committed position of a dataset from {@code outbox-positions}. */
final class PositionReader {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private PositionReader() {}

    /** {@code null} where there is none. To be called after earlier feeds are fenced: then none of theirs can follow. */
    static @Nullable FeedPosition last(KafkaClients clients, Topic<String, String> positions, String dataset) {
        try (TopicReader<String> reader = new TopicReader<>(clients.openReader(), positions, PATIENCE)) {
            String last = reader.latest().get(dataset);
            return last == null ? null : FeedPosition.parse(last);
        }
    }
}
