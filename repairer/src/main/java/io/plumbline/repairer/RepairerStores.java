package io.plumbline.repairer;

import io.plumbline.runtime.config.ConfigException;
import io.plumbline.stores.Stores;
import io.plumbline.stores.connect.CandleStores;
import io.plumbline.stores.connect.ConnectedStores;
import io.plumbline.stores.connect.StoreUse;
import io.plumbline.stores.connect.StoresConfigException;
import io.plumbline.topics.config.PlumblineConfig;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The stores of what is configured, and of nothing else.
 *
 * @param documents where there are datasets
 * @param candles where there are exchanges
 */
record RepairerStores(Optional<Stores> documents, Optional<CandleStores> candles) implements AutoCloseable {

    /** Throws {@link ConfigException} with everything that the stores contradict. */
    static RepairerStores open(PlumblineConfig config) {
        List<String> errors = new ArrayList<>();
        Optional<CandleStores> candles = opened(() -> CandleStores.open(config, Clock.systemUTC()), errors);
        Optional<Stores> documents = config.datasets().isEmpty()
                ? Optional.empty()
                : opened(() -> Optional.of(ConnectedStores.open(config, StoreUse.REPAIR)), errors);
        RepairerStores stores = new RepairerStores(documents, candles);
        if (!errors.isEmpty()) {
            stores.close();
            throw new ConfigException(errors);
        }
        return stores;
    }

    private static <S> Optional<S> opened(Supplier<Optional<S>> opening, List<String> errors) {
        try {
            return opening.get();
        } catch (StoresConfigException e) {
            errors.addAll(e.errors());
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        documents.ifPresent(Stores::close);
        candles.ifPresent(CandleStores::close);
    }
}
