package io.plumbline.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.config.KafkaConfig;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class KafkaDeniedExceptionTest {

    private static final KafkaConfig CONFIG =
            config(Map.of("sasl.jaas.config", "Scram required username=\"plumbline-ticker\" password=\"hunter2\";"));

    @Test
    void shouldNameUserAndTopicWhenADenialIsTheCause() {
        Throwable failure = new StreamsException(new TopicAuthorizationException(Set.of("ticks")));

        assertThat(KafkaDeniedException.explained(failure, CONFIG))
                .isInstanceOf(KafkaDeniedException.class)
                .hasMessageContaining("Kafka denies User:plumbline-ticker: Not authorized to access topics: [ticks]")
                .hasMessageContaining("compose/grants/kafka.acl")
                .hasMessageNotContaining("hunter2")
                .hasCause(failure);
    }

    @Test
    void shouldSayWhichOperationsWhenATransactionalIdIsDenied() {
        assertThat(KafkaDeniedException.explained(new TransactionalIdAuthorizationException("denied"), CONFIG))
                .hasMessageContaining("Write and Describe on its transactional ids");
    }

    @Test
    void shouldNameTheSettingsWhenTheClusterDoesNotKnowWhoThisIs() {
        assertThat(KafkaDeniedException.explained(new SaslAuthenticationException("wrong"), config(Map.of())))
                .hasMessageContaining("Kafka does not accept this client: wrong")
                .hasMessageContaining("kafka.properties");
    }

    @Test
    void shouldLeaveAFailureAsItIsWhenNothingWasDenied() {
        Throwable failure = new IllegalStateException("a bug");

        assertThat(KafkaDeniedException.explained(failure, CONFIG)).isSameAs(failure);
    }

    private static KafkaConfig config(Map<String, String> properties) {
        return new KafkaConfig("localhost:9092", "", 1, (short) 1, null, properties);
    }
}
