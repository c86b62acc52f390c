package io.plumbline.local.servers;

import io.plumbline.local.LocalSystem;
import io.plumbline.local.exchange.SimulatedMarket;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Kafka and the stores of one system under test; closed after it. */
public interface Servers extends AutoCloseable {

    /** After this a server that says nothing counts as away; what is the default is longer than a test lasts. */
    Duration SILENCE = Duration.ofSeconds(5);

    /** Those that this process of tests was told to use: {@code -Dplumbline.servers=embedded} or {@code containers}. */
    static Servers provided() {
        return switch (Provider.chosen()) {
            case EMBEDDED -> embedded(null);
            case CONTAINERS -> new ContainerServers();
        };
    }

    /** @param data where they keep what they hold when they are restarted; {@code null} where Redis starts empty then */
    static Servers embedded(@Nullable Path data) {
        return new EmbeddedServers(data);
    }

    /**
     * Starts as many as a configuration speaks of, and a system on them, without its apps; once.
     *
     * @param config a configuration file, whose addresses do not matter
     * @param market what the exchange {@link LocalSystem#SIMULATED} knows; without one, no exchange is simulated
     */
    LocalSystem start(String config, @Nullable SimulatedMarket market);

    /** Nobody gets an answer from a server until it is back; how that looks is the provider's: refused, or silence. */
    Outage takeAway(Server server);

    /** Has each write of MongoDB recorded; says whether that can be had. */
    boolean recordWrites();

    @Override
    void close();
}
