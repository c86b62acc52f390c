package io.plumbline.stores.connect;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.plumbline.topics.config.MongoConfig;
import io.plumbline.topics.config.PlumblineConfig;
import io.plumbline.topics.config.PostgresConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a process. They give up waiting for a store after a few seconds, since whoever asks is asked again;
 * what a URL says goes before what is set here.
 */
record Connections(HikariDataSource postgres, MongoClient mongo, MongoDatabase database) {

    private static final int WAIT_SECONDS = 5;
    private static final int SILENCE_SECONDS = 300;

    /** Throws {@link StoresConfigException} where a URL is none. Nothing is connected yet. */
    static Connections open(PlumblineConfig config) {
        return open(config.postgres(), config.apps().scanWorkers(), config.mongo());
    }

    /** @param atLeast connections to PostgreSQL */
    static Connections open(PostgresConfig postgresConfig, int atLeast, MongoConfig mongoConfig) {
        List<String> errors = new ArrayList<>();
        HikariDataSource postgres = postgres(postgresConfig, atLeast, errors);
        MongoClient mongo = mongo(mongoConfig, errors);
        if (postgres == null || mongo == null) {
            if (postgres != null) {
                postgres.close();
            }
            if (mongo != null) {
                mongo.close();
            }
            throw new StoresConfigException(errors);
        }
        MongoDatabase database = mongo.getDatabase(mongoConfig.database())
                .withReadPreference(ReadPreference.primary())
                .withReadConcern(ReadConcern.MAJORITY)
                .withWriteConcern(WriteConcern.MAJORITY.withWTimeout(2 * WAIT_SECONDS, TimeUnit.SECONDS));
        return new Connections(postgres, mongo, database);
    }

    private static @Nullable HikariDataSource postgres(PostgresConfig config, int atLeast, List<String> errors) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("plumbline");
        pool.setJdbcUrl(config.url());
        pool.setUsername(config.user());
        pool.setPassword(config.password());
        pool.setMaximumPoolSize(Math.max(config.poolSize(), atLeast));
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(TimeUnit.SECONDS.toMillis(WAIT_SECONDS));
        pool.setValidationTimeout(TimeUnit.SECONDS.toMillis(2));
        pool.setInitializationFailTimeout(-1); // a store that is away may come back
        pool.addDataSourceProperty("ApplicationName", "plumbline");
        pool.addDataSourceProperty("connectTimeout", Integer.toString(WAIT_SECONDS));
        pool.addDataSourceProperty("loginTimeout", Integer.toString(WAIT_SECONDS));
        pool.addDataSourceProperty("socketTimeout", Integer.toString(SILENCE_SECONDS));
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        try {
            return new HikariDataSource(pool);
        } catch (RuntimeException e) { // the pool throws bare ones for a URL that no driver knows, which it shows
            errors.add("postgres.url: is not a PostgreSQL URL; jdbc:postgresql://host:5432/database is one");
            return null;
        }
    }

    private static @Nullable MongoClient mongo(MongoConfig config, List<String> errors) {
        SSLContext tls;
        try {
            tls = TlsContext.of(config);
        } catch (IllegalArgumentException e) {
            errors.add(String.valueOf(e.getMessage()));
            return null;
        }
        try {
            ConnectionString url = new ConnectionString(config.url());
            return MongoClients.create(MongoClientSettings.builder()
                    .applicationName("plumbline")
                    .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(WAIT_SECONDS, TimeUnit.SECONDS))
                    .applyToSocketSettings(socket -> socket.connectTimeout(WAIT_SECONDS, TimeUnit.SECONDS)
                            .readTimeout(SILENCE_SECONDS, TimeUnit.SECONDS))
                    .applyConnectionString(url)
                    .applyToSslSettings(ssl -> {
                        if (tls != null) {
                            ssl.context(tls);
                        }
                    })
                    .build());
        } catch (IllegalArgumentException e) {
            errors.add("mongo.url: " + problem(config.url(), String.valueOf(e.getMessage())));
            return null;
        }
    }

    /** The driver takes apart what it is given, and a part that it shows may be one of the password. */
    private static String problem(String url, String message) {
        return url.contains("@")
                ? "cannot be read; right is mongodb://USER:PASSWORD@HOST:27017/, where user and password have none of : / ? # [ ] @ % but encoded as %3A and so on"
                : message;
    }
}
