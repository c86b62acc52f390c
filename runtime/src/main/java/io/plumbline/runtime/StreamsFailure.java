package io.plumbline.runtime;

import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.streams.errors.StreamsException;

/** Tells Kafka's failures, which pass, from bugs, which do not. */
final class StreamsFailure {

    private StreamsFailure() {}

    static boolean isOfKafka(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AuthenticationException || cause instanceof AuthorizationException) {
                return false;
            }
            boolean ownWrapping = cause instanceof StreamsException;
            if (cause instanceof ApiException && !ownWrapping) {
                return true;
            }
        }
        return false;
    }
}
