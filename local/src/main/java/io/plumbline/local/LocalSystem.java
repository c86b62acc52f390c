package io.plumbline.local;

import io.plumbline.local.exchange.SimulatedExchange;
import io.plumbline.local.exchange.SimulatedMarket;
import io.plumbline.runtime.TopicCreator;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.ExchangeConfig;
import io.plumbline.topics.config.PlumblineConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole system in this JVM on embedded real parts.
 *
 * <ol>
 *   <li>start the parts, and turn the configuration's addresses to them;
 *   <li>let the caller make the tables and documents that the configuration speaks of;
 *   <li>create the topics, and start the apps through their entry points.
 * </ol>
 */
public final class LocalSystem implements AutoCloseable {

    /** The exchange of a configuration whose place the simulated one takes, where there is a market to simulate. */
    public static final String SIMULATED = "simulated";

    private static final Logger LOG = LoggerFactory.getLogger(LocalSystem.class);

    private final @Nullable LocalParts parts;
    private final @Nullable SimulatedExchange exchange;
    private final DataDirectory streams;
    private final PlumblineConfig config;
    private final Thread closer;
    private @Nullable LocalApps apps;
    private boolean ended;

    private LocalSystem(
            @Nullable LocalParts parts,
            @Nullable SimulatedExchange exchange,
            DataDirectory streams,
            PlumblineConfig config,
            Thread closer) {
        this.parts = parts;
        this.exchange = exchange;
        this.streams = streams;
        this.config = config;
        this.closer = closer;
    }

    /**
     * Starts the parts only; {@link #startApps()} goes on. A process that is asked to end meanwhile, or while it closes
     * the system, ends it first: PostgreSQL is a process of its own, and would be left over.
     */
    public static LocalSystem start(PlumblineConfig declared, @Nullable Path data, LocalPorts ports) {
        return start(declared, data, ports, null);
    }

    /** @param market what the exchange {@link #SIMULATED} knows; without one, no exchange is simulated */
    public static LocalSystem start(
            PlumblineConfig declared, @Nullable Path data, LocalPorts ports, @Nullable SimulatedMarket market) {
        return start(() -> LocalParts.start(declared, data, ports), declared, data, market);
    }

    /**
     * A system without parts: Kafka and the stores are at the addresses that are declared.
     *
     * @param market what the exchange {@link #SIMULATED} knows; without one, no exchange is simulated
     */
    public static LocalSystem on(PlumblineConfig declared, @Nullable SimulatedMarket market) {
        return start(() -> null, declared, null, market);
    }

    private static LocalSystem start(
            Supplier<@Nullable LocalParts> parts,
            PlumblineConfig declared,
            @Nullable Path data,
            @Nullable SimulatedMarket market) {
        CompletableFuture<LocalSystem> started = new CompletableFuture<>();
        Thread closer = new Thread(() -> endStarted(started), "shutdown");
        Runtime.getRuntime().addShutdownHook(closer);
        try {
            LocalSystem system = start(parts.get(), declared, data, market, closer);
            started.complete(system);
            return system;
        } catch (RuntimeException e) {
            started.completeExceptionally(e);
            forget(closer);
            throw e;
        }
    }

    private static LocalSystem start(
            @Nullable LocalParts parts,
            PlumblineConfig declared,
            @Nullable Path data,
            @Nullable SimulatedMarket market,
            Thread closer) {
        // What is kept of a stream's state belongs to one Kafka: to the one beside it.
        DataDirectory streams = DataDirectory.of(data == null ? null : data.resolve("streams"), "streams");
        SimulatedExchange exchange = market == null ? null : simulated(declared, market);
        PlumblineConfig config = new LocalAddresses(parts, exchange, streams.path()).in(declared);
        return new LocalSystem(parts, exchange, streams, config, closer);
    }

    /** It allows a little more than is asked of it: a request may be on its way longer than the next. */
    private static SimulatedExchange simulated(PlumblineConfig declared, SimulatedMarket market) {
        ExchangeConfig config = declared.exchanges().get(SIMULATED);
        double asked = config == null ? 1 : config.requestsPerSecond();
        return SimulatedExchange.start(market, Clock.systemUTC(), 0, (int) Math.ceil(asked) + 1);
    }

    /** A start that has failed has ended what it had started. */
    private static void endStarted(CompletableFuture<LocalSystem> started) {
        LocalSystem system = started.handle((value, failure) -> value).join();
        if (system != null) {
            system.end();
        }
    }

    private static void forget(Thread closer) {
        try {
            Runtime.getRuntime().removeShutdownHook(closer);
        } catch (IllegalStateException e) {
            LOG.debug("the process is ending, and the hook runs", e);
        }
    }

    /** Starts the apps; does nothing while they run, or when the system has ended. */
    public synchronized void startApps() throws Exception {
        if (apps == null && !ended) {
            TopicCreator.ensure(config.kafka(), topics());
            apps = LocalApps.start(config);
        }
    }

    /** Ends the apps and leaves the parts running. */
    public synchronized void stopApps() {
        if (apps != null) {
            apps.close();
            apps = null;
        }
    }

    /** Throws {@link IllegalStateException} where the servers are somebody else's. */
    public LocalParts parts() {
        if (parts == null) {
            throw new IllegalStateException("this system has no parts: it runs on servers that were there");
        }
        return parts;
    }

    /** The simulated exchange; {@code null} where none is simulated. */
    public @Nullable SimulatedExchange exchange() {
        return exchange;
    }

    /** The configuration that the apps run with. */
    public PlumblineConfig config() {
        return config;
    }

    public Topics topics() {
        return new Topics(config.kafka().topicPrefix(), config.kafka().partitions());
    }

    @Override
    public void close() {
        end();
        forget(closer);
    }

    private synchronized void end() {
        if (ended) {
            return;
        }
        ended = true;
        stopApps();
        if (exchange != null) {
            exchange.close();
        }
        if (parts != null) {
            parts.close();
        }
        streams.close();
    }
}
