package io.plumbline.reconciler.work;

import io.plumbline.runtime.BatchHandler;
import io.plumbline.runtime.Received;
import io.plumbline.stores.StoreUnavailableException;
import io.plumbline.topics.Topics;
import io.plumbline.topics.record.AnswerStatus;
import io.plumbline.topics.record.WorkAnswer;
import io.plumbline.topics.record.WorkCommand;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code work} to {@code work-answers}: does each command by its dataset's {@link DatasetWork}. What has expired is not
 * done; a store that is away proves nothing; what fails for a reason of its own is answered with that reason.
 */
final class SegmentWorker implements BatchHandler<WorkCommand> {

    private static final Logger LOG = LoggerFactory.getLogger(SegmentWorker.class);

    private final Map<String, DatasetWork> datasets;
    private final AnswerFit fit;
    private final Topics topics;
    private final Clock clock;
    private final WorkMeters metrics;

    SegmentWorker(Map<String, DatasetWork> datasets, Topics topics, Clock clock, WorkMeters metrics) {
        this.datasets = datasets;
        this.fit = new AnswerFit(AnswerFit.RECORD);
        this.topics = topics;
        this.clock = clock;
        this.metrics = metrics;
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> handle(List<Received<WorkCommand>> batch) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(batch.size());
        for (Received<WorkCommand> received : batch) {
            WorkAnswer answer = answer(received.value());
            records.add(topics.workAnswers.toRecord(answer.group(), answer));
        }
        return records;
    }

    WorkAnswer answer(WorkCommand command) {
        WorkAnswer answer = fit.fitted(command, attempt(command));
        metrics.worked(datasets.containsKey(command.dataset()) ? command.dataset() : "unknown", answer);
        return answer;
    }

    private WorkAnswer attempt(WorkCommand command) {
        if (clock.instant().isAfter(command.deadline())) {
            return WorkAnswer.without(command, AnswerStatus.EXPIRED, "the deadline has passed");
        }
        DatasetWork work = datasets.get(command.dataset());
        if (work == null) {
            return failed(command, "no dataset '" + command.dataset() + "' is configured");
        }
        try {
            return work.answer(command);
        } catch (StoreUnavailableException away) {
            return WorkAnswer.without(command, AnswerStatus.UNAVAILABLE, String.valueOf(away.getMessage()));
        } catch (RuntimeException failure) {
            // Whatever it is, it is this command's alone; an interrupt says that the loop is closing.
            if (Thread.currentThread().isInterrupted()) {
                throw failure;
            }
            LOG.atWarn()
                    .addKeyValue("runId", command.runId())
                    .addKeyValue("dataset", command.dataset())
                    .addKeyValue("number", command.number())
                    .setCause(failure)
                    .log("A piece of work failed");
            return failed(command, failure.toString());
        }
    }

    private static WorkAnswer failed(WorkCommand command, String reason) {
        return WorkAnswer.without(command, AnswerStatus.FAILED, reason);
    }
}
