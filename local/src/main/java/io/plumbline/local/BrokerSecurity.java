package io.plumbline.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an embedded broker lets clients in: anybody in plain text; or over TLS with a password (SCRAM), and then each to
 * what the ACLs allow and to nothing else.
 *
 * @param keystore PKCS12, with the broker's key and certificate; {@code null} for plain text
 * @param keystorePassword of it and its key
 * @param passwords by user
 */
public record BrokerSecurity(@Nullable Path keystore, String keystorePassword, Map<String, String> passwords) {

    /** The user who may do everything; the broker itself is one, towards itself. */
    public static final String ADMIN = "admin";

    static BrokerSecurity none() {
        return new BrokerSecurity(null, "", Map.of());
    }

    String protocol() {
        return keystore == null ? "PLAINTEXT" : "SASL_SSL";
    }

    /** What formats the metadata with the users. */
    List<String> scramArguments() {
        List<String> arguments = new ArrayList<>();
        passwords.forEach(
                (user, password) -> arguments.add("SCRAM-SHA-512=[name=%s,password=%s]".formatted(user, password)));
        return arguments;
    }

    Map<String, String> settings() {
        if (keystore == null) {
            return Map.of();
        }
        String login =
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
                        .formatted(ADMIN, passwords.get(ADMIN));
        Map<String, String> settings = new HashMap<>();
        settings.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
        settings.put("sasl.mechanism.inter.broker.protocol", "SCRAM-SHA-512");
        settings.put("listener.name.broker.scram-sha-512.sasl.jaas.config", login);
        settings.put("ssl.keystore.location", keystore.toString());
        settings.put("ssl.keystore.password", keystorePassword);
        settings.put("ssl.keystore.type", "PKCS12");
        // The broker is a client of itself.
        settings.put("ssl.truststore.location", keystore.toString());
        settings.put("ssl.truststore.password", keystorePassword);
        settings.put("ssl.truststore.type", "PKCS12");
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        // Nobody is anonymous but the controller's only client, which is this broker.
        settings.put("super.users", "User:ANONYMOUS;User:" + ADMIN);
        return settings;
    }
}
