package io.plumbline.stores.connect;

import io.plumbline.stores.mapping.DatasetMapping;
import io.plumbline.stores.mapping.SourceColumn;
import io.plumbline.stores.postgres.QuotedName;
import io.plumbline.stores.postgres.SourceCatalog;
import io.plumbline.stores.postgres.SourceSelect;
import io.plumbline.stores.postgres.Transactions;
import io.plumbline.topics.config.DatasetConfig;
import io.plumbline.topics.config.OutboxConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A dataset's mapping, made when it is first asked for, since the source's column types are needed for it and the source
 * may be away at start. Throws {@link io.plumbline.stores.StoreUnavailableException} while it is, and
 * {@link io.plumbline.stores.mapping.MappingException} where the columns are not as declared.
 */
public final class ResolvedMapping implements Supplier<DatasetMapping> {

    private final String dataset;
    private final DatasetConfig config;
    private final Transactions source;
    private volatile @Nullable DatasetMapping resolved;

    public ResolvedMapping(String dataset, DatasetConfig config, DataSource source) {
        this.dataset = dataset;
        this.config = config;
        this.source = new Transactions(source);
    }

    @Override
    public DatasetMapping get() {
        DatasetMapping mapping = resolved;
        if (mapping == null) {
            mapping = source.each(this::resolve);
            resolved = mapping;
        }
        return mapping;
    }

    private DatasetMapping resolve(Connection connection) throws SQLException {
        String from = SourceSelect.relation(config.source()) + " s";
        OutboxConfig outbox = config.outbox();
        Map<String, SourceColumn> columns = SourceCatalog.columns(connection, from);
        Map<String, SourceColumn> outboxColumns =
                outbox == null ? Map.of() : SourceCatalog.columns(connection, QuotedName.ofTable(outbox.table()));
        return DatasetMapping.of(dataset, config, columns, outboxColumns);
    }
}
