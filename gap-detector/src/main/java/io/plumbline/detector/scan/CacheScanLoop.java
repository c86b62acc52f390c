package io.plumbline.detector.scan;

import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.runtime.RunningParts;
import io.plumbline.runtime.WorkerLoop;
import io.plumbline.stores.CandleCache;
import io.plumbline.stores.cache.CacheScanner;
import io.plumbline.stores.connect.CandleStores;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.PlumblineConfig;
import io.plumbline.topics.record.WorkCommand;
import java.time.Clock;
import java.util.Optional;

/** The gap-detector's worker loop: {@code cache-scans} to {@code cache-scan-answers}. */
public final class CacheScanLoop {

    /** A piece of work is hundreds of series: what is polled together waits for each other. */
    private static final int AT_ONCE = 1;

    private CacheScanLoop() {}

    /** Starts it with its cache, where one is configured, and this process is to work. */
    public static void startInto(RunningParts parts, PlumblineConfig config, Topics topics, MeterRegistry meters) {
        if (!config.apps().workers()) {
            return;
        }
        Optional<CandleCache> configured = CandleStores.openCache(config);
        configured.ifPresent(cache -> {
            parts.add(cache);
            Clock clock = Clock.systemUTC();
            parts.add(WorkerLoop.start(new WorkerLoop.Settings<WorkCommand>(
                    "cache-scans",
                    topics.cacheScans,
                    config.apps().cacheWorkers(),
                    AT_ONCE,
                    new CacheScanWorker(new CacheScanner(cache, clock), topics, clock, new CacheScanMetrics(meters)),
                    config.kafka(),
                    topics,
                    meters)));
        });
    }
}
