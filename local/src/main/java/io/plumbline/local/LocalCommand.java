package io.plumbline.local;

import io.plumbline.local.demo.MailSystem;
import io.plumbline.local.demo.MarketFeed;
import io.plumbline.local.demo.Prices;
import io.plumbline.local.exchange.SimulatedMarket;
import io.plumbline.runtime.config.ConfigException;
import io.plumbline.runtime.config.ConfigFile;
import io.plumbline.topics.config.PlumblineConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Starts the whole system and stays until it is interrupted.
 *
 * <ol>
 *   <li>start the parts and print their addresses;
 *   <li>without a configuration of the user's, make the mail system's tables and documents, to play with;
 *   <li>start the apps; where a table or collection of the user's configuration is not there yet, say so and try again
 *       until it is.
 * </ol>
 */
@Command(
        name = "local",
        description = "Starts Kafka, the stores that are configured, and all apps, and stays until Ctrl-C.",
        mixinStandardHelpOptions = true)
final class LocalCommand implements Callable<Integer> {

    private static final int KAFKA_PORT = 9092;
    private static final int POSTGRES_PORT = 5432;
    private static final int MONGO_PORT = 27017;
    private static final int REDIS_PORT = 6379;
    private static final int RETRY_SECONDS = 3;
    private static final long FEED_SEED = 1;

    @Option(names = "--config", paramLabel = "FILE", description = "The configuration; its addresses are replaced.")
    private @Nullable Path file;

    @Option(names = "--data", paramLabel = "DIR", description = "Where Kafka, PostgreSQL and Redis keep their state.")
    private @Nullable Path data;

    @Option(names = "--kafka-port", paramLabel = "N", description = "9092 by default, or any where it is taken.")
    private @Nullable Integer kafkaPort;

    @Option(names = "--postgres-port", paramLabel = "N", description = "5432 by default, or any where it is taken.")
    private @Nullable Integer postgresPort;

    @Option(names = "--mongo-port", paramLabel = "N", description = "27017 by default, or any where it is taken.")
    private @Nullable Integer mongoPort;

    @Option(names = "--redis-port", paramLabel = "N", description = "6379 by default, or any where it is taken.")
    private @Nullable Integer redisPort;

    /** The shutdown hook of the system ends it. */
    private final CountDownLatch never = new CountDownLatch(1);

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PlumblineConfig config;
        try {
            config = file == null ? MailSystem.config() : ConfigFile.load(file, System.getenv());
        } catch (ConfigException e) {
            err().println(e.getMessage());
            return 2;
        }
        List<String> taken = takenPorts();
        if (!taken.isEmpty()) {
            taken.forEach(err()::println);
            return 2;
        }
        if (file == null) {
            play(config);
        } else {
            LocalSystem system = LocalSystem.start(config, data, ports());
            printAddresses(system);
            startApps(system);
            stay();
        }
        return 0;
    }

    /** With something to play with: a mail system, and a market whose feed loses some candles. */
    private void play(PlumblineConfig config) throws Exception {
        Clock clock = Clock.systemUTC();
        SimulatedMarket market = Prices.market(clock.instant());
        LocalSystem system = LocalSystem.start(config, data, ports(), market);
        printAddresses(system);
        MailSystem.makeIn(system);
        startApps(system);
        try (MarketFeed feed = new MarketFeed(system, market, FEED_SEED, Instant.MAX, clock)) {
            feed.start();
            stay();
        }
    }

    private void stay() throws InterruptedException {
        out().println("ready");
        out().flush();
        never.await();
    }

    private void startApps(LocalSystem system) throws Exception {
        String told = "";
        while (true) {
            try {
                system.startApps();
                return;
            } catch (ConfigException e) {
                if (!told.equals(e.getMessage())) {
                    told = String.valueOf(e.getMessage());
                    err().println("The stores are not yet as the configuration says; the apps start when they are:");
                    err().println(told);
                    err().flush();
                }
                never.await(RETRY_SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    private void printAddresses(LocalSystem system) {
        out().println("Kafka       " + system.config().kafka().bootstrapServers());
        if (system.config().hasPostgres()) {
            out().println("PostgreSQL  " + system.config().postgres().url() + " (user "
                    + system.config().postgres().user() + ")");
        }
        if (system.config().hasMongo()) {
            out().println("MongoDB     " + system.config().mongo().url() + "/"
                    + system.config().mongo().database() + " (in memory)");
        }
        if (system.parts().redis() != null) {
            out().println("Redis       " + system.parts().redis().node());
        }
        if (system.exchange() != null) {
            out().println("Exchange    " + system.exchange().baseUrl() + " (simulated)");
        }
        out().flush();
    }

    private LocalPorts ports() {
        return new LocalPorts(
                kafkaPort == null ? freeOrAny(KAFKA_PORT) : kafkaPort,
                postgresPort == null ? freeOrAny(POSTGRES_PORT) : postgresPort,
                mongoPort == null ? freeOrAny(MONGO_PORT) : mongoPort,
                redisPort == null ? freeOrAny(REDIS_PORT) : redisPort);
    }

    /** What is wrong with the ports that were asked for. */
    private List<String> takenPorts() {
        Map<String, Integer> asked = new LinkedHashMap<>();
        putIfAsked(asked, "--kafka-port", kafkaPort);
        putIfAsked(asked, "--postgres-port", postgresPort);
        putIfAsked(asked, "--mongo-port", mongoPort);
        putIfAsked(asked, "--redis-port", redisPort);
        List<String> taken = new ArrayList<>();
        asked.forEach((option, port) -> {
            String why = whyNot(port);
            if (why != null) {
                taken.add(option + " " + port + ": " + why + "; name a free port, or 0 for any");
            }
        });
        return taken;
    }

    private static void putIfAsked(Map<String, Integer> asked, String option, @Nullable Integer port) {
        if (port != null) {
            asked.put(option, port);
        }
    }

    /** The usual port where it is free, 0 for any other. */
    private static int freeOrAny(int port) {
        return whyNot(port) == null ? port : 0;
    }

    /** Why a port cannot be listened on; {@code null} where it can. */
    private static @Nullable String whyNot(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return null;
        } catch (IOException | IllegalArgumentException e) { // the latter for a number that is no port
            return String.valueOf(e.getMessage());
        }
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }

    private PrintWriter err() {
        return Objects.requireNonNull(spec).commandLine().getErr();
    }
}
