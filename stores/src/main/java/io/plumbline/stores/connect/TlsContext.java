package io.plumbline.stores.connect;

import io.plumbline.topics.config.MongoConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Whom MongoDB's driver trusts and as whom it shows itself, where the configuration names key stores (PKCS12 or JKS). */
final class TlsContext {

    private TlsContext() {}

    /** {@code null} where none is named: the JVM's own then. Throws {@link IllegalArgumentException} that says which one is wrong. */
    static @Nullable SSLContext of(MongoConfig config) {
        if (config.truststore() == null && config.keystore() == null) {
            return null;
        }
        try {
            TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusted.init(read("truststore", config.truststore(), config.truststorePassword()));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(
                    read("keystore", config.keystore(), config.keystorePassword()),
                    characters(config.keystorePassword()));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trusted.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "mongo.truststore and mongo.keystore cannot be used: " + e.getMessage(), e);
        }
    }

    private static @Nullable KeyStore read(String key, @Nullable String file, @Nullable String password) {
        if (file == null) {
            return null;
        }
        try {
            if (!Files.isReadable(Path.of(file))) {
                throw new IllegalArgumentException(
                        "mongo.%s names '%s', which cannot be read; right is a key store that this process may read"
                                .formatted(key, file));
            }
            return KeyStore.getInstance(Path.of(file).toFile(), characters(password));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "mongo.%1$s names '%2$s', which is no key store that mongo.%1$s-password opens (%3$s)"
                            .formatted(key, file, e.getMessage()),
                    e);
        }
    }

    private static char[] characters(@Nullable String password) {
        return password == null ? new char[0] : password.toCharArray();
    }
}
