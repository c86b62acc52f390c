package io.plumbline.local.demo;

import io.plumbline.runtime.TopicListener;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.KafkaConfig;
import io.plumbline.topics.record.Report;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The latest report of each run, as {@code reconciliation-report} tells. */
final class ReportWatch implements AutoCloseable {

    private final Map<String, Report> latest = new ConcurrentHashMap<>();
    private final Consumer<Report> listener;
    private final TopicListener<Report> reader;

    /** @param listener told of each report as it comes */
    ReportWatch(KafkaConfig kafka, Topics topics, Consumer<Report> listener) {
        this.listener = listener;
        reader = Listening.to(topics.reconciliationReport, kafka, this::told);
    }

    Collection<Report> all() {
        return latest.values();
    }

    /** The latest report of a run that is as asked for. */
    @Nullable
    Report find(Predicate<Report> asked) {
        return latest.values().stream().filter(asked).findFirst().orElse(null);
    }

    @Override
    public void close() {
        reader.close();
    }

    private void told(String runId, @Nullable Report report) {
        if (report != null) {
            latest.put(runId, report);
            listener.accept(report);
        }
    }
}
