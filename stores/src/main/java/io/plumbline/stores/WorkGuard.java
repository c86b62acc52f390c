package io.plumbline.stores;

import io.plumbline.topics.log.LogFields;
import io.plumbline.topics.record.AnswerStatus;
import io.plumbline.topics.record.WorkAnswer;
import io.plumbline.topics.record.WorkCommand;
import java.time.Clock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a piece of a run's work on stores done, and answers it whatever happens: what has expired is not done; a store that
 * is away proves nothing; what fails for a reason of its own is answered with that reason.
 */
public record WorkGuard(Clock clock) {

    private static final Logger LOG = LoggerFactory.getLogger(WorkGuard.class);

    public WorkAnswer answer(WorkCommand command, Supplier<WorkAnswer> work) {
        if (clock.instant().isAfter(command.deadline())) {
            return WorkAnswer.without(command, AnswerStatus.EXPIRED, "the deadline has passed");
        }
        try {
            return work.get();
        } catch (StoreUnavailableException away) {
            return WorkAnswer.without(command, AnswerStatus.UNAVAILABLE, String.valueOf(away.getMessage()));
        } catch (RuntimeException failure) {
            // Whatever it is, it is this command's alone; an interrupt says that the loop is closing.
            if (Thread.currentThread().isInterrupted()) {
                throw failure;
            }
            LogFields.ofRun(LOG.atWarn(), command.runId(), command.dataset())
                    .addKeyValue("number", command.number())
                    .setCause(failure)
                    .log("A piece of work failed");
            return WorkAnswer.without(command, AnswerStatus.FAILED, failure.toString());
        }
    }
}
