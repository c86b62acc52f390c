package io.plumbline.detector.runs;

import io.plumbline.runs.JobKind;
import io.plumbline.runs.Jobs;
import io.plumbline.runs.RepairRules;
import io.plumbline.runs.RunSettings;
import io.plumbline.runs.RunTopics;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.CandlesConfig;
import io.plumbline.topics.config.JobConfig;
import io.plumbline.topics.config.PlumblineConfig;
import io.plumbline.topics.record.RunRequest;
import io.plumbline.topics.record.Work;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The jobs about exchanges, which the gap-detector owns. */
public final class CandleJobs implements Jobs {

    private final PlumblineConfig config;
    private final CandlesKind candles;

    public CandleJobs(PlumblineConfig config) {
        this.config = config;
        candles = new CandlesKind(config.kafka().partitions());
    }

    /** Where the coordinator of these jobs reads and writes; a gap is its exchange's. */
    public static RunTopics topics(Topics topics) {
        return new RunTopics(
                topics,
                topics.candleRunRequests,
                topics.cacheScans,
                new RunTopics.PlacedWork(topics.cacheScanPlans, CandleJobs::partition),
                topics.cacheScanAnswers,
                topics.candleRunEvents,
                topics.candleRunClock,
                topics.cacheGaps,
                gap -> gap.dataset());
    }

    private static OptionalInt partition(Work work) {
        return work instanceof Work.PlanCacheScan plan ? OptionalInt.of(plan.partition()) : OptionalInt.empty();
    }

    /** The exclusive group of an exchange's runs. */
    public static String group(String exchange) {
        return "exchange:" + exchange;
    }

    @Override
    public Map<String, JobConfig> configured() {
        return config.jobs();
    }

    @Override
    public boolean owns(JobConfig.Kind kind) {
        return kind == JobConfig.Kind.CANDLES;
    }

    @Override
    public boolean answersUnknown() {
        return false;
    }

    @Override
    public @Nullable JobKind kind(JobConfig job) {
        return owns(job.kind()) ? candles : null;
    }

    @Override
    public @Nullable JobKind kind(RunRequest request, JobConfig job) {
        return kind(job);
    }

    @Override
    public @Nullable JobKind kind(String name) {
        return name.equals(CandlesKind.NAME) ? candles : null;
    }

    @Override
    public @Nullable RunSettings settings(String subject) {
        if (!config.exchanges().containsKey(subject)) {
            return null;
        }
        CandlesConfig settings = config.candles();
        return new RunSettings(
                subject,
                group(subject),
                settings.scan().outstanding(),
                settings.scan().deadline(),
                settings.backfill().retry(),
                settings.backfill().unavailableAfter(),
                RepairRules.NONE);
    }

    @Override
    public @Nullable Continuous continuous(String subject) {
        return config.exchanges().containsKey(subject) ? new Continuous(candles, continuousJob(subject)) : null;
    }

    /** The job that a continuous run is reported under: the first of the exchange's, by name. */
    private String continuousJob(String exchange) {
        return config.jobs().entrySet().stream()
                .filter(job -> exchange.equals(job.getValue().exchange()))
                .map(Map.Entry::getKey)
                .min(String::compareTo)
                .orElse(exchange);
    }
}
