package io.plumbline.repairer;

import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.repairer.PacedFiller.Pacing;
import io.plumbline.runtime.WorkerLoop;
import io.plumbline.stores.connect.CandleStores;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.ExchangeConfig;
import io.plumbline.topics.config.PlumblineConfig;
import io.plumbline.topics.record.BackfillCommand;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** The repairer's worker loop for candles: {@code backfill-requests} to {@code backfill-results} and {@code candles}. */
record BackfillLoop(PlumblineConfig config, Topics topics, CandleStores stores, MeterRegistry meters) {

    private static final int MAX_BATCH = 50;

    WorkerLoop start() {
        Clock clock = Clock.systemUTC();
        Pacing pacing = new Pacing(clock, Waiter.asleep(clock), Thread::startVirtualThread);
        Map<String, PacedFiller> fillers = new HashMap<>();
        stores.exchanges()
                .forEach((name, exchange) -> fillers.put(
                        name,
                        new PacedFiller(
                                new CandleFiller(exchange, stores.cache(), clock),
                                exchange(name).requestsPerSecond(),
                                pacing)));
        return WorkerLoop.start(new WorkerLoop.Settings<BackfillCommand>(
                "backfill",
                topics.backfillRequests,
                config.apps().backfillWorkers(),
                maxBatch(config.exchanges()),
                new BackfillWorker(fillers, topics, new RepairerMetrics(meters)),
                config.kafka(),
                topics,
                meters));
    }

    private ExchangeConfig exchange(String name) {
        ExchangeConfig exchange = config.exchanges().get(name);
        if (exchange == null) {
            throw new IllegalStateException("the exchange '" + name + "' was opened and is not configured");
        }
        return exchange;
    }

    /**
     * As many as the exchanges allow in a second: what is polled beyond would be answered late, or sent back, while what
     * waits in Kafka is at hand when the budget has more.
     */
    static int maxBatch(Map<String, ExchangeConfig> exchanges) {
        double perSecond = exchanges.values().stream()
                .mapToDouble(ExchangeConfig::requestsPerSecond)
                .sum();
        return (int) Math.clamp(Math.ceil(perSecond), 1, MAX_BATCH);
    }
}
