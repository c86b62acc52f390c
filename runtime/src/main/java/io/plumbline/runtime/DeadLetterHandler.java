package io.plumbline.runtime;

import io.plumbline.topics.Topics;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets a stream go on after a record that it cannot read, which becomes a dead letter in the same transaction. */
public final class DeadLetterHandler implements DeserializationExceptionHandler {

    /** The settings' key under which the handler finds the {@link Topics}. */
    static final String TOPICS = "plumbline.topics";

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterHandler.class);

    private @Nullable DeadLetters deadLetters;

    @Override
    public void configure(Map<String, ?> settings) {
        if (!(settings.get(TOPICS) instanceof Topics topics)) {
            throw new IllegalArgumentException("the setting " + TOPICS + " is missing: use StreamsApp");
        }
        deadLetters = new DeadLetters(String.valueOf(settings.get(StreamsConfig.APPLICATION_ID_CONFIG)), topics);
    }

    @Override
    public Response handleError(ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> bad, Exception exception) {
        DeadLetters.log(LOG, bad, exception);
        if (deadLetters == null) {
            return Response.fail();
        }
        return Response.resume(List.of(deadLetters.of(bad, String.valueOf(exception.getMessage()))));
    }
}
