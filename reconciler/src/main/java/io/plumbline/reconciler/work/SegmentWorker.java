package io.plumbline.reconciler.work;

import io.plumbline.runtime.BatchHandler;
import io.plumbline.runtime.BatchTraces;
import io.plumbline.runtime.Received;
import io.plumbline.stores.WorkGuard;
import io.plumbline.topics.Topics;
import io.plumbline.topics.log.LogFields;
import io.plumbline.topics.record.AnswerStatus;
import io.plumbline.topics.record.WorkAnswer;
import io.plumbline.topics.record.WorkCommand;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * {@code work} to {@code work-answers}: does each command by its dataset's {@link DatasetWork}. What has expired is not
 * done; a store that is away proves nothing; what fails for a reason of its own is answered with that reason.
 */
final class SegmentWorker implements BatchHandler<WorkCommand> {

    private final Map<String, DatasetWork> datasets;
    private final AnswerFit fit;
    private final Topics topics;
    private final WorkGuard guard;
    private final WorkMeters metrics;

    SegmentWorker(Map<String, DatasetWork> datasets, Topics topics, Clock clock, WorkMeters metrics) {
        this.datasets = datasets;
        this.fit = new AnswerFit(AnswerFit.RECORD);
        this.topics = topics;
        this.guard = new WorkGuard(clock);
        this.metrics = metrics;
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> handle(List<Received<WorkCommand>> batch) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(batch.size());
        BatchTraces traces = BatchTraces.of(batch, WorkCommand::runId);
        for (Received<WorkCommand> received : batch) {
            WorkAnswer answer = traced(received);
            records.add(traces.on(topics.workAnswers.toRecord(answer.group(), answer), answer.runId()));
        }
        return records;
    }

    private WorkAnswer traced(Received<WorkCommand> received) {
        try (LogFields.Traced traced = LogFields.traced(received.trace())) {
            return answer(received.value());
        }
    }

    WorkAnswer answer(WorkCommand command) {
        WorkAnswer answer = fit.fitted(command, guard.answer(command, () -> attempt(command)));
        metrics.worked(datasets.containsKey(command.dataset()) ? command.dataset() : "unknown", answer);
        return answer;
    }

    private WorkAnswer attempt(WorkCommand command) {
        DatasetWork work = datasets.get(command.dataset());
        return work == null
                ? WorkAnswer.without(
                        command, AnswerStatus.FAILED, "no dataset '" + command.dataset() + "' is configured")
                : work.answer(command);
    }
}
