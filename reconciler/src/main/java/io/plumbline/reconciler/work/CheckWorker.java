package io.plumbline.reconciler.work;

import io.plumbline.runtime.BatchHandler;
import io.plumbline.runtime.BatchTraces;
import io.plumbline.runtime.Halving;
import io.plumbline.runtime.Received;
import io.plumbline.topics.Topics;
import io.plumbline.topics.log.LogFields;
import io.plumbline.topics.record.AnswerStatus;
import io.plumbline.topics.record.CheckAnswer;
import io.plumbline.topics.record.CheckCommand;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code checks} or {@code fast-checks} to {@code check-answers}: the commands of one dataset go to its {@link
 * EntityChecker} together; one that fails for a reason of its own is answered with that reason and harms no other.
 */
final class CheckWorker implements BatchHandler<CheckCommand> {

    private static final Logger LOG = LoggerFactory.getLogger(CheckWorker.class);

    private final Map<String, EntityChecker> datasets;
    private final Topics topics;
    private final WorkMeters metrics;

    CheckWorker(Map<String, EntityChecker> datasets, Topics topics, WorkMeters metrics) {
        this.datasets = datasets;
        this.topics = topics;
        this.metrics = metrics;
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> handle(List<Received<CheckCommand>> batch) {
        BatchTraces traces = BatchTraces.of(batch, CheckCommand::checkId);
        return answer(batch.stream().map(Received::value).toList()).stream()
                .map(answer ->
                        traces.on(topics.checkAnswers.toRecord(answer.entity().text(), answer), answer.checkId()))
                .toList();
    }

    /** One answer per command; those of one dataset are in the order of its commands. */
    List<CheckAnswer> answer(List<CheckCommand> commands) {
        Map<String, List<CheckCommand>> byDataset = new LinkedHashMap<>();
        for (CheckCommand command : commands) {
            byDataset
                    .computeIfAbsent(command.entity().dataset(), name -> new ArrayList<>())
                    .add(command);
        }
        List<CheckAnswer> answers = new ArrayList<>(commands.size());
        byDataset.forEach((dataset, ofDataset) -> answers.addAll(answer(dataset, ofDataset)));
        return answers;
    }

    private List<CheckAnswer> answer(String dataset, List<CheckCommand> commands) {
        EntityChecker checker = datasets.get(dataset);
        String tag = checker == null ? "unknown" : dataset;
        List<CheckAnswer> answers = checker == null
                ? commands.stream()
                        .map(command -> failed(command, "no dataset '" + dataset + "' is configured"))
                        .toList()
                : new Halving<>(checker::answer, CheckWorker::failed).answer(commands);
        answers.forEach(answer -> metrics.checked(tag, answer));
        return answers;
    }

    private static CheckAnswer failed(CheckCommand command, RuntimeException failure) {
        LogFields.ofEntity(LOG.atWarn(), command.entity())
                .addKeyValue("checkId", command.checkId())
                .setCause(failure)
                .log("A check failed");
        return failed(command, failure.toString());
    }

    private static CheckAnswer failed(CheckCommand command, String reason) {
        return new CheckAnswer(command.entity(), command.checkId(), AnswerStatus.FAILED, null, reason);
    }
}
