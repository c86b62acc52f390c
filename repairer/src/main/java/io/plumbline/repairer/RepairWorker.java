package io.plumbline.repairer;

import io.plumbline.runtime.BatchHandler;
import io.plumbline.runtime.BatchTraces;
import io.plumbline.runtime.Halving;
import io.plumbline.runtime.Received;
import io.plumbline.topics.Topics;
import io.plumbline.topics.log.LogFields;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.RepairAnswer;
import io.plumbline.topics.record.RepairAnswer.Result;
import io.plumbline.topics.record.RepairCommand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code repairs} to {@code repair-results}. Commands of one dataset go to its {@link EntityRepairer} together, except
 * that those of the same entity go one after the other, in their order: in waves of distinct entities.
 */
final class RepairWorker implements BatchHandler<RepairCommand> {

    private static final Logger LOG = LoggerFactory.getLogger(RepairWorker.class);

    private final Map<String, EntityRepairer> repairers;
    private final Topics topics;
    private final RepairerMetrics metrics;

    RepairWorker(Map<String, EntityRepairer> repairers, Topics topics, RepairerMetrics metrics) {
        this.repairers = repairers;
        this.topics = topics;
        this.metrics = metrics;
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> handle(List<Received<RepairCommand>> batch) {
        BatchTraces traces = BatchTraces.of(batch, RepairCommand::repairId);
        return answer(batch.stream().map(Received::value).toList()).stream()
                .map(answer ->
                        traces.on(topics.repairResults.toRecord(answer.entity().text(), answer), answer.repairId()))
                .toList();
    }

    /** One answer per command; those of one entity are in the order of its commands. */
    List<RepairAnswer> answer(List<RepairCommand> commands) {
        Map<String, List<RepairCommand>> byDataset = new LinkedHashMap<>();
        for (RepairCommand command : commands) {
            byDataset
                    .computeIfAbsent(command.entity().dataset(), name -> new ArrayList<>())
                    .add(command);
        }
        List<RepairAnswer> answers = new ArrayList<>(commands.size());
        byDataset.forEach((dataset, ofDataset) -> answers.addAll(answer(dataset, ofDataset)));
        return answers;
    }

    private List<RepairAnswer> answer(String dataset, List<RepairCommand> commands) {
        EntityRepairer repairer = repairers.get(dataset);
        List<RepairAnswer> answers = new ArrayList<>(commands.size());
        if (repairer == null) {
            commands.forEach(command ->
                    answers.add(without(command, Result.FAILED, "no dataset '" + dataset + "' is configured")));
        } else {
            Halving<RepairCommand, RepairAnswer> halving = new Halving<>(repairer::repair, RepairWorker::failed);
            waves(commands).forEach(wave -> answers.addAll(halving.answer(wave)));
        }
        String tag = repairer == null ? "unknown" : dataset;
        answers.forEach(answer -> metrics.answered(tag, answer.result()));
        return answers;
    }

    private static List<List<RepairCommand>> waves(List<RepairCommand> commands) {
        List<List<RepairCommand>> waves = new ArrayList<>();
        Map<EntityKey, Integer> seen = new HashMap<>();
        for (RepairCommand command : commands) {
            int wave = seen.merge(command.entity(), 1, Integer::sum) - 1;
            if (wave == waves.size()) {
                waves.add(new ArrayList<>());
            }
            waves.get(wave).add(command);
        }
        return waves;
    }

    private static RepairAnswer failed(RepairCommand command, RuntimeException failure) {
        LogFields.ofEntity(LOG.atWarn(), command.entity())
                .addKeyValue(LogFields.RUN_ID, command.runId())
                .addKeyValue("repairId", command.repairId())
                .setCause(failure)
                .log("A repair failed");
        return without(command, Result.FAILED, failure.toString());
    }

    private static RepairAnswer without(RepairCommand command, Result result, @Nullable String reason) {
        return new RepairAnswer(
                command.entity(), command.repairId(), command.runId(), result, null, null, null, reason);
    }
}
