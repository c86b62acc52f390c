package io.plumbline.reconciler;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.plumbline.reconciler.cases.CaseTopology;
import io.plumbline.reconciler.run.RunTopology;
import io.plumbline.reconciler.work.ReconcilerWorkers;
import io.plumbline.runtime.AppMain;
import io.plumbline.runtime.JobSeeder;
import io.plumbline.runtime.MetricsServer;
import io.plumbline.runtime.RunningParts;
import io.plumbline.runtime.StreamsApp;
import io.plumbline.runtime.TopicCreator;
import io.plumbline.topics.config.PlumblineConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        TopicCreator.ensure(config.kafka(), config.topics());
        JobSeeder.seed(plumbline, config.topics());
        RunningParts parts = new RunningParts();
        try {
            addParts(config, parts);
            return parts;
        } catch (Exception e) {
            parts.close();
            throw e;
        }
    }

    private static void addParts(ReconcilerConfig config, RunningParts parts) throws Exception {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        ReconcilerMetrics metrics = new ReconcilerMetrics(meters);
        List<StreamsApp> streams = new ArrayList<>();
        if (config.apps().workers()) {
            parts.add(ReconcilerWorkers.start(config.plumbline(), config.topics(), meters, metrics));
        }
        if (config.apps().streams()) {
            Topology runs = new RunTopology(config.plumbline(), config.topics(), metrics).get();
            Topology cases = new CaseTopology(config.plumbline(), config.topics()).get();
            for (var app : Map.of(RunTopology.APPLICATION_ID, runs, CaseTopology.APPLICATION_ID, cases)
                    .entrySet()) {
                StreamsApp started = stream(app.getKey(), app.getValue(), config, meters);
                parts.add(started);
                streams.add(started);
            }
        }
        Integer port = config.apps().metricsPort();
        if (port != null) {
            parts.add(MetricsServer.start(port, meters, () -> streams.stream().allMatch(StreamsApp::isRunning)));
        }
    }

    private static StreamsApp stream(
            String id, Topology topology, ReconcilerConfig config, PrometheusMeterRegistry meters) {
        int threads = config.apps().streamThreads();
        return StreamsApp.start(
                id, topology, new StreamsApp.Settings(config.kafka(), config.topics(), threads, meters));
    }
}
