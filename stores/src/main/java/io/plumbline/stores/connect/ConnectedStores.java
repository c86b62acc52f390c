package io.plumbline.stores.connect;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import com.zaxxer.hikari.HikariDataSource;
import io.plumbline.stores.DatasetStores;
import io.plumbline.stores.OutboxTable;
import io.plumbline.stores.RepairJournal;
import io.plumbline.stores.ReportTable;
import io.plumbline.stores.SourceRows;
import io.plumbline.stores.Stores;
import io.plumbline.stores.TargetEntities;
import io.plumbline.stores.journal.PostgresRepairJournal;
import io.plumbline.stores.journal.PostgresReportTable;
import io.plumbline.stores.mapping.MappedComparer;
import io.plumbline.stores.mongo.MongoTargetEntities;
import io.plumbline.stores.outbox.PostgresOutboxTable;
import io.plumbline.stores.postgres.PostgresSourceRows;
import io.plumbline.stores.scan.DatasetScanner;
import io.plumbline.topics.config.DatasetConfig;
import io.plumbline.topics.config.OutboxConfig;
import io.plumbline.topics.config.PlumblineConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stores of a configuration: one connection pool, one MongoDB client. */
public final class ConnectedStores implements Stores {

    private final HikariDataSource postgres;
    private final MongoClient mongo;
    private final MongoDatabase database;
    private final Map<String, DatasetStores> datasets = new LinkedHashMap<>();
    private final Map<String, ResolvedMapping> mappings = new LinkedHashMap<>();
    private final RepairJournal journal;
    private final ReportTable reports;

    private ConnectedStores(PlumblineConfig config) {
        Connections connections = Connections.open(config);
        postgres = connections.postgres();
        mongo = connections.mongo();
        database = connections.database();
        journal = new PostgresRepairJournal(postgres, config.postgres().schema());
        reports = new PostgresReportTable(postgres, config.postgres().schema());
        config.datasets().forEach(this::add);
    }

    /**
     * Opens the stores; one that is away does not prevent it, since it may come back. Throws
     * {@link StoresConfigException} with everything that the reachable stores contradict, or do not allow.
     */
    public static Stores open(PlumblineConfig config, StoreUse use) {
        ConnectedStores stores = new ConnectedStores(config);
        try {
            new StoresCheck(stores.postgres, stores.database, use).check(config, stores.mappings, stores.datasets);
        } catch (StoresConfigException e) {
            stores.close();
            throw e;
        }
        return stores;
    }

    private void add(String name, DatasetConfig config) {
        ResolvedMapping mapping = new ResolvedMapping(name, config, postgres);
        SourceRows source = new PostgresSourceRows(mapping, postgres);
        TargetEntities target = new MongoTargetEntities(mapping, database);
        OutboxConfig outbox = config.outbox();
        @Nullable
        OutboxTable outboxTable =
                outbox == null ? null : new PostgresOutboxTable(name, config, outbox, postgres, source);
        mappings.put(name, mapping);
        datasets.put(
                name,
                new DatasetStores(
                        name,
                        source,
                        target,
                        new MappedComparer(mapping),
                        new DatasetScanner(mapping, postgres, database, source, target),
                        outboxTable));
    }

    @Override
    public Map<String, DatasetStores> datasets() {
        return Map.copyOf(datasets);
    }

    @Override
    public RepairJournal journal() {
        return journal;
    }

    @Override
    public ReportTable reports() {
        return reports;
    }

    @Override
    public void close() {
        mongo.close();
        postgres.close();
    }
}
