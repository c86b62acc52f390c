package io.plumbline.stores.connect;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import io.plumbline.stores.DatasetStores;
import io.plumbline.stores.OutboxTable;
import io.plumbline.stores.StoreRefusedException;
import io.plumbline.stores.StoreUnavailableException;
import io.plumbline.stores.mapping.DatasetMapping;
import io.plumbline.stores.mapping.KeyPart;
import io.plumbline.stores.mapping.MappingException;
import io.plumbline.stores.mapping.Rewriting;
import io.plumbline.stores.postgres.Transactions;
import io.plumbline.stores.replication.SourceAddress;
import io.plumbline.topics.config.DatasetConfig;
import io.plumbline.topics.config.PlumblineConfig;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a configuration against the stores that can be reached: log-ins, tables, columns and their types, rewrites, grants, and whether marks on the outbox are harmless. Everything wrong is said at once; a store that is away is passed over.
 */
final class StoresCheck {

    private static final Logger LOG = LoggerFactory.getLogger(StoresCheck.class);

    private final Transactions postgres;
    private final MongoDatabase mongo;
    private final StoreUse use;
    private final List<String> errors = new ArrayList<>();

    StoresCheck(DataSource postgres, MongoDatabase mongo, StoreUse use) {
        this.postgres = new Transactions(postgres);
        this.mongo = mongo;
        this.use = use;
    }

    void check(PlumblineConfig config, Map<String, ResolvedMapping> mappings, Map<String, DatasetStores> datasets) {
        if (postgresIsThere(config)) {
            grants(config);
            mappings.forEach((name, mapping) -> dataset(
                    name, mapping, Objects.requireNonNull(datasets.get(name)).outbox()));
        }
        mongoIsThere(config);
        if (!errors.isEmpty()) {
            throw new StoresConfigException(errors);
        }
    }

    private boolean postgresIsThere(PlumblineConfig config) {
        try {
            return postgres.each(connection -> connection.isValid(5));
        } catch (StoreUnavailableException e) {
            LOG.warn("PostgreSQL cannot be reached now; the configuration is not held against it: {}", e.getMessage());
        } catch (StoreRefusedException e) {
            String untrusted = Untrusted.reason(e);
            errors.add(
                    untrusted == null
                            ? notUsable(e, config)
                            : "postgres.url: the server's certificate is not trusted (" + untrusted
                                    + "); right is sslmode=verify-full with the sslrootcert that has signed it");
        }
        return false;
    }

    private static String notUsable(StoreRefusedException e, PlumblineConfig config) {
        return "postgres: " + reason(e) + "; url, user and password must be those of a database that is there ("
                + config.postgres().user() + " at "
                + SourceAddress.of(config.postgres()).name() + ")";
    }

    private void grants(PlumblineConfig config) {
        try {
            errors.addAll(postgres.each(connection -> missingGrants(new GrantCheck(connection), config)));
        } catch (StoreRefusedException e) {
            errors.add("postgres: what " + config.postgres().user() + " may do cannot be found out: " + reason(e));
        } catch (StoreUnavailableException e) {
            LOG.warn("PostgreSQL went away; grants are not looked at: {}", e.getMessage());
        }
    }

    private List<String> missingGrants(GrantCheck check, PlumblineConfig config) throws SQLException {
        List<String> missing =
                new ArrayList<>(check.missingUsage(config.postgres().schema()));
        if (missing.isEmpty()) {
            missing.addAll(check.missing(NeededGrants.own(config, use)));
        }
        for (DatasetConfig dataset : config.datasets().values()) {
            missing.addAll(check.missing(NeededGrants.of(dataset, use)));
        }
        return missing.stream().map(error -> "postgres: " + error).distinct().toList();
    }

    private static String reason(StoreRefusedException refused) {
        Throwable cause = refused.getCause();
        Throwable root = cause == null || cause.getCause() == null ? cause : cause.getCause();
        // Of the lines that PostgreSQL adds, such as a position in a statement of ours, none helps.
        return String.valueOf((root == null ? refused : root).getMessage())
                .lines()
                .findFirst()
                .orElse("");
    }

    private void dataset(String name, ResolvedMapping mapping, @org.jspecify.annotations.Nullable OutboxTable outbox) {
        String path = "datasets." + name;
        try {
            rewrites(path, mapping.get());
            if (outbox != null && use == StoreUse.RECONCILE) {
                outbox.verifyMarks();
            }
        } catch (MappingException e) {
            errors.addAll(e.errors());
        } catch (StoreRefusedException e) {
            errors.add(
                    path + ".source: " + reason(e) + "; table names a table of the database (schema.table where it is"
                            + " not on the search path), query a SELECT, outbox.table likewise, and the user may read them");
        } catch (StoresConfigException e) {
            e.errors().forEach(error -> errors.add(path + ".outbox: " + error));
        } catch (StoreUnavailableException e) {
            LOG.warn("PostgreSQL went away; {} is not held against it: {}", path, e.getMessage());
        }
    }

    private void rewrites(String path, DatasetMapping mapping) {
        List<KeyPart> key = mapping.key();
        for (int i = 0; i < key.size(); i++) {
            Rewriting rewriting = key.get(i).rewriting();
            if (rewriting != null) {
                try {
                    postgres.each(connection -> compile(connection, rewriting));
                } catch (StoreRefusedException e) {
                    errors.add(path + ".key[" + i + "].rewrite: Java reads the pattern, PostgreSQL does not: "
                            + reason(e));
                }
            }
        }
    }

    private static boolean compile(Connection connection, Rewriting rewriting) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT regexp_replace('', ?, ?, 'g')")) {
            statement.setString(1, rewriting.pattern());
            statement.setString(2, rewriting.postgresReplacement());
            return statement.execute();
        }
    }

    private void mongoIsThere(PlumblineConfig config) {
        try {
            mongo.runCommand(new BsonDocument("ping", new BsonInt32(1)));
            Set<String> there = mongo.listCollectionNames().into(new HashSet<>());
            config.datasets().forEach((name, dataset) -> {
                if (!there.contains(dataset.target().collection())) {
                    LOG.warn(
                            "datasets.{}.target.collection: there is no collection {} in {} yet; all of it is missing",
                            name,
                            dataset.target().collection(),
                            config.mongo().database());
                }
            });
        } catch (MongoException e) {
            if (Away.isAway(e)) {
                LOG.warn("MongoDB cannot be reached now; the configuration is not held against it: {}", e.getMessage());
            } else {
                String untrusted = Untrusted.reason(e);
                errors.add(
                        untrusted != null
                                ? "mongo.url: the server's certificate is not trusted (" + untrusted
                                        + "); right is the mongo.truststore that has it, or has what has signed it"
                                : "mongo: " + e.getMessage()
                                        + "; the url must hold a user and password that may use database "
                                        + config.mongo().database());
            }
        }
    }
}
