package io.plumbline.stores.mapping;

import io.plumbline.stores.EntityComparer;
import io.plumbline.topics.config.DatasetConfig;
import io.plumbline.topics.record.EntityKey;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one owner of a dataset's mapping, made from its configuration and the types of the source's columns: which cells
 * a row and a document have, how they are normalised, and how entity keys are made and taken apart.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class DatasetMapping {

    private final String dataset;
    private final DatasetConfig config;
    private final List<KeyPart> key;

    DatasetMapping(String dataset, DatasetConfig config, List<KeyPart> key) {
        this.dataset = dataset;
        this.config = config;
        this.key = List.copyOf(key);
    }

    /** Throws {@link io.plumbline.stores.connect.StoresConfigException} with everything that does not fit. */
    public static DatasetMapping of(String dataset, DatasetConfig config, Map<String, SourceColumn> columns) {
        throw new UnsupportedOperationException(dataset + config + columns);
    }

    public String dataset() {
        return dataset;
    }

    public DatasetConfig config() {
        return config;
    }

    public List<KeyPart> key() {
        return key;
    }

    /** The entity of canonical key cells; {@code null} where a part is null or empty. */
    public @Nullable EntityKey entity(Cells keys) {
        throw new UnsupportedOperationException();
    }

    /** Puts an entity's parts into key cells; false where a part cannot be one of this dataset (it exists nowhere). */
    public boolean cells(EntityKey entity, Cells keys) {
        throw new UnsupportedOperationException();
    }

    /** Whether two rows of normalised values are equal as declared; the fast way, no differences are made. */
    public boolean same(Cells source, Cells target) {
        throw new UnsupportedOperationException();
    }

    public EntityComparer comparer() {
        throw new UnsupportedOperationException();
    }
}
