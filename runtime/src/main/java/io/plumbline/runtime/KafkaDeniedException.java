package io.plumbline.runtime;

import io.plumbline.topics.config.KafkaConfig;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;

/** The cluster does not know who this is, or denies it something: the text says whom, what, and what would be right. */
public final class KafkaDeniedException extends KafkaException {

    private static final long serialVersionUID = 1;
    private static final String USER_NAME = "sasl.jaas.config";
    private static final Pattern USER = Pattern.compile("username=[\"']?([^\"' ;]+)");

    private KafkaDeniedException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The same failure, said in full where it is or was caused by a denial. */
    public static Throwable explained(Throwable failure, KafkaConfig config) {
        if (failure instanceof KafkaDeniedException) {
            return failure;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AuthorizationException) {
                return new KafkaDeniedException(
                        "Kafka denies %s: %s; right are the ACLs that compose/grants/kafka.acl lists for it (docs/security.md)"
                                .formatted(principal(config), object(cause)),
                        failure);
            }
            if (cause instanceof AuthenticationException) {
                return new KafkaDeniedException(
                        "Kafka does not accept %s: %s; right are the security.protocol, sasl.* and ssl.* in kafka.properties that the cluster asks for"
                                .formatted(principal(config), cause.getMessage()),
                        failure);
            }
        }
        return failure;
    }

    /** Kafka's own text names no transactional id and no cluster; which topics and groups it is about, it says. */
    private static String object(Throwable cause) {
        return switch (cause) {
            case TransactionalIdAuthorizationException denied ->
                "Write and Describe on its transactional ids (" + denied.getMessage() + ")";
            case ClusterAuthorizationException denied -> "an operation on the cluster (" + denied.getMessage() + ")";
            default -> String.valueOf(cause.getMessage());
        };
    }

    private static String principal(KafkaConfig config) {
        Matcher user = USER.matcher(config.properties().getOrDefault(USER_NAME, ""));
        return user.find() ? "User:" + user.group(1) : "this client";
    }
}
