package io.plumbline.reconciler.work;

import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.runtime.BatchHandler;
import io.plumbline.runtime.RunningParts;
import io.plumbline.runtime.WorkerLoop;
import io.plumbline.runtime.config.ConfigException;
import io.plumbline.stores.OutboxTable;
import io.plumbline.stores.Stores;
import io.plumbline.stores.connect.ConnectedStores;
import io.plumbline.stores.connect.StoreUse;
import io.plumbline.stores.connect.StoresConfigException;
import io.plumbline.topics.Topic;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.AppsConfig;
import io.plumbline.topics.config.PlumblineConfig;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** The reconciler's worker loops, each a consumer group of its own, on stores that they share. */
public final class ReconcilerWorkers {

    /** A piece of work takes half a second: what is polled together waits for each other. */
    private static final int WORK_AT_ONCE = 1;

    private static final int CHECKS_AT_ONCE = 500;
    private static final int EVENTS_AT_ONCE = 1_000;
    private static final int REPORTS_AT_ONCE = 100;

    private final PlumblineConfig config;
    private final Topics topics;
    private final MeterRegistry meters;
    private final WorkMeters metrics;
    private final Stores stores;

    private ReconcilerWorkers(
            PlumblineConfig config, Topics topics, MeterRegistry meters, WorkMeters metrics, Stores stores) {
        this.config = config;
        this.topics = topics;
        this.meters = meters;
        this.metrics = metrics;
        this.stores = stores;
    }

    /** Starts them; closing what is returned ends them and closes the stores. */
    public static AutoCloseable start(PlumblineConfig config, Topics topics, MeterRegistry meters, WorkMeters metrics) {
        RunningParts parts = new RunningParts();
        try {
            Stores stores = ConnectedStores.open(config, StoreUse.RECONCILE);
            parts.add(stores);
            new ReconcilerWorkers(config, topics, meters, metrics, stores).startInto(parts);
            return parts;
        } catch (StoresConfigException e) {
            parts.close();
            throw new ConfigException(e.errors());
        }
    }

    private void startInto(RunningParts parts) {
        Map<String, DatasetWork> work = new HashMap<>();
        Map<String, EntityChecker> checkers = new HashMap<>();
        Map<String, OutboxTable> outboxes = new HashMap<>();
        stores.datasets().forEach((name, dataset) -> {
            work.put(name, new DatasetWork(dataset, stores.journal()));
            checkers.put(name, new EntityChecker(dataset, Clock.systemUTC()));
            if (dataset.outbox() != null) {
                outboxes.put(name, dataset.outbox());
            }
        });
        AppsConfig apps = config.apps();
        SegmentWorker segments = new SegmentWorker(work, topics, Clock.systemUTC(), metrics);
        CheckWorker checks = new CheckWorker(checkers, topics, metrics);
        EventResolver events = new EventResolver(outboxes, topics, metrics);
        parts.add(loop("segments", topics.work, apps.scanWorkers(), WORK_AT_ONCE, segments));
        parts.add(loop("checks", topics.checks, apps.checkWorkers(), CHECKS_AT_ONCE, checks));
        parts.add(loop("fast-checks", topics.fastChecks, apps.checkWorkers(), CHECKS_AT_ONCE, checks));
        parts.add(loop("outbox-events", topics.outbox, 1, EVENTS_AT_ONCE, events));
        parts.add(loop("reports", topics.reconciliationReport, 1, REPORTS_AT_ONCE, new ReportKeeper(stores.reports())));
    }

    private <V> WorkerLoop loop(
            String name, Topic<String, V> input, int threads, int maxBatch, BatchHandler<V> handler) {
        return WorkerLoop.start(
                new WorkerLoop.Settings<>(name, input, threads, maxBatch, handler, config.kafka(), topics, meters));
    }
}
