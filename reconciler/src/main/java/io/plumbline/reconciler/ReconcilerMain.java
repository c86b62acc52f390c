package io.plumbline.reconciler;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.plumbline.reconciler.cases.CaseTopology;
import io.plumbline.reconciler.kinds.DocumentJobs;
import io.plumbline.reconciler.notify.Notifications;
import io.plumbline.reconciler.work.ReconcilerWorkers;
import io.plumbline.runs.RunMetrics;
import io.plumbline.runs.RunTopology;
import io.plumbline.runtime.AppMain;
import io.plumbline.runtime.FatalHandler;
import io.plumbline.runtime.JobSeeder;
import io.plumbline.runtime.KafkaClients;
import io.plumbline.runtime.RunningParts;
import io.plumbline.runtime.StreamsApp;
import io.plumbline.runtime.TopicCreator;
import io.plumbline.runtime.TopicListener;
import io.plumbline.topics.config.PlumblineConfig;
import io.plumbline.topics.record.Drift;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.Topology;

/** The reconciler: runs and cases decide, workers compare. Either can be switched off by configuration. */
public final class ReconcilerMain {

    private ReconcilerMain() {}

    public static void main(String[] args) throws Exception {
        AppMain.run("reconciler", args, ReconcilerMain::start);
    }

    /** Starts it; closing what is returned ends it. */
    public static AutoCloseable start(PlumblineConfig plumbline) throws Exception {
        ReconcilerConfig config = ReconcilerConfig.of(plumbline);
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        TopicCreator.ensure(config.kafka(), config.topics());
        JobSeeder.seed(plumbline, config.topics());
        ReconcilerMetrics metrics = new ReconcilerMetrics(meters);
        return RunningParts.start(parts -> {
            if (config.apps().workers() && !plumbline.datasets().isEmpty()) {
                parts.add(ReconcilerWorkers.start(plumbline, config.topics(), meters, metrics));
            }
            if (config.apps().workers()) {
                new Notifications(plumbline, config.topics(), meters).startInto(parts);
            }
            List<StreamsApp> streams = new ArrayList<>();
            if (config.apps().streams()) {
                DocumentJobs jobs = new DocumentJobs(plumbline);
                RunTopology runs = new RunTopology(
                        ReconcilerConfig.RUNS_APPLICATION,
                        DocumentJobs.topics(config.topics()),
                        jobs,
                        new RunMetrics(meters).expecting(jobs));
                streams.add(parts.add(stream(ReconcilerConfig.RUNS_APPLICATION, runs.get(), config, meters)));
                CaseTopology cases = new CaseTopology(plumbline, config.topics());
                streams.add(parts.add(stream(CaseTopology.APPLICATION_ID, cases.get(), config, meters)));
                parts.add(watchDrifts(plumbline, config, metrics));
            }
            parts.addMetrics(config.apps(), meters, () -> streams.stream().allMatch(StreamsApp::isRunning));
        });
    }

    private static TopicListener<Drift> watchDrifts(
            PlumblineConfig plumbline, ReconcilerConfig config, ReconcilerMetrics metrics) {
        OpenDrifts drifts = new OpenDrifts();
        metrics.watch(drifts, plumbline.datasets().keySet(), Clock.systemUTC());
        // In no group: every replica knows of all open drifts and measures the same, whoever runs.
        return TopicListener.start(
                config.topics().drifts,
                new KafkaClients(config.kafka()).openReader(),
                drifts::told,
                FatalHandler.exitProcess());
    }

    private static StreamsApp stream(
            String id, Topology topology, ReconcilerConfig config, PrometheusMeterRegistry meters) {
        return StreamsApp.start(
                id,
                topology,
                new StreamsApp.Settings(
                        config.kafka(), config.topics(), config.apps().streamThreads(), meters));
    }
}
