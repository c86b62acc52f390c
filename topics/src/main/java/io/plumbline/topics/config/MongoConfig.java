package io.plumbline.topics.config;

import org.jspecify.annotations.Nullable;

/**
 * @param url a MongoDB connection string; it may hold a password
 * @param truststore a file with the certificates to trust; {@code null} for Java's own
 * @param keystore a file with the client's own certificate and key
 */
public record MongoConfig(
        String url,
        String database,
        @Nullable String truststore,
        @Nullable String truststorePassword,
        @Nullable String keystore,
        @Nullable String keystorePassword) {

    @Override
    public String toString() {
        return "MongoConfig[url=***, database=" + database + "]";
    }
}
