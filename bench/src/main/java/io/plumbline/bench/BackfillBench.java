package io.plumbline.bench;

import io.plumbline.local.LocalPorts;
import io.plumbline.local.LocalSystem;
import io.plumbline.local.exchange.SimulatedExchange;
import io.plumbline.local.exchange.SimulatedMarket;
import io.plumbline.runtime.config.ConfigFile;
import io.plumbline.topics.config.PlumblineConfig;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How much of what an exchange permits is used while gaps wait, over the whole way: series, stage of the exchange,
 * repairer, exchange, cache, answers.
 *
 * <ol>
 *   <li>Each round starts a local system with a simulated exchange, and makes gaps of more slots than can be asked for in
 *       the round, one in each of some series.
 *   <li>Once requests have gone on for a while, the time of a number of them is taken at the exchange, which also counts
 *       those that came too fast.
 * </ol>
 */
@Command(name = "backfill", description = "Filling of gaps: the share of the permitted requests that is used.")
final class BackfillBench implements Callable<Integer> {

    /** Seconds before the time counts, and after it: the end of the gaps is not steady. */
    private static final int EDGE = 5;

    @Option(names = "--per-second", split = ",", defaultValue = "20,5", description = "permitted (${DEFAULT-VALUE})")
    private List<Integer> permitted = List.of();

    @Option(names = "--seconds", defaultValue = "20", description = "seconds of a round (${DEFAULT-VALUE})")
    private int seconds;

    @Option(names = "--series", defaultValue = "20", description = "series with a gap (${DEFAULT-VALUE})")
    private int series;

    @Option(names = "--runs", defaultValue = "3", description = "rounds (${DEFAULT-VALUE})")
    private int runs;

    @Override
    public Integer call() throws Exception {
        for (int perSecond : permitted) {
            List<Double> shares = new ArrayList<>();
            List<Double> rejected = new ArrayList<>();
            for (int i = 1; i <= runs; i++) {
                measure(perSecond, shares, rejected);
                Console.say(
                        "round %d at %d/s: %.3f of the rate used, %.0f requests too fast",
                        i, perSecond, shares.getLast(), rejected.getLast());
            }
            String name = "backfill.at-%d.".formatted(perSecond);
            Console.print(Figure.of(name + "rate-used", shares, "share of the permitted rate", "at least 0.95"));
            Console.print(Figure.of(name + "rejected", rejected, "requests", "0"));
        }
        return 0;
    }

    private void measure(int perSecond, List<Double> shares, List<Double> rejected) throws Exception {
        SimulatedMarket market = new SimulatedMarket();
        try (LocalSystem system = LocalSystem.start(config(perSecond), null, LocalPorts.any(), market)) {
            SimulatedExchange exchange = Objects.requireNonNull(system.exchange());
            system.startApps();
            long requests = (long) perSecond * (seconds + 2 * EDGE);
            new MarketGaps(system, market, series, Clock.systemUTC()).make(requests);
            long before = (long) perSecond * EDGE;
            long counted = (long) perSecond * seconds;
            StreamClock.secondsUntil(() -> exchange.requests() >= before);
            long first = exchange.requests();
            long start = System.nanoTime();
            StreamClock.secondsUntil(() -> exchange.requests() >= first + counted);
            shares.add((exchange.requests() - first) / StreamClock.seconds(start) / perSecond);
            rejected.add((double) exchange.rejected());
        }
    }

    private static PlumblineConfig config(int perSecond) {
        return ConfigFile.parse("""
                kafka: {bootstrap-servers: "127.0.0.1:9092", partitions: 2}
                postgres: {url: "jdbc:postgresql://127.0.0.1:5432/postgres", user: postgres, password: unused}
                mongo: {url: "mongodb://127.0.0.1:27017", database: bench}
                redis: {nodes: ["127.0.0.1:6379"]}
                exchanges:
                  simulated:
                    adapter: coinbase
                    base-url: "http://127.0.0.1"
                    timeframes: [1m]
                    requests-per-second: %d
                candles: {backfill: {settle: 1s}}
                """.formatted(perSecond), Map.of());
    }
}
