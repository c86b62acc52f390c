package io.plumbline.local.system;

import io.plumbline.local.LocalPorts;
import io.plumbline.local.LocalSystem;
import io.plumbline.local.exchange.SimulatedMarket;
import io.plumbline.runtime.config.ConfigFile;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where Kafka and the stores of a system under test come from. */
@FunctionalInterface
public interface Servers {

    /** In this JVM, and processes that it starts. */
    Servers EMBEDDED =
            (config, market) -> LocalSystem.start(ConfigFile.parse(config, Map.of()), null, LocalPorts.any(), market);

    /**
     * Without its apps.
     *
     * @param config a configuration file, whose addresses do not matter
     * @param market what the exchange {@link LocalSystem#SIMULATED} knows; without one, no exchange is simulated
     */
    LocalSystem start(String config, @Nullable SimulatedMarket market);
}
