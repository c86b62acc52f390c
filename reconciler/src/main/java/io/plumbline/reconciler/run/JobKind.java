package io.plumbline.reconciler.run;

import io.plumbline.topics.config.DatasetConfig;
import io.plumbline.topics.config.JobConfig;
import io.plumbline.topics.record.RunEvent;
import io.plumbline.topics.record.RunRequest;
import io.plumbline.topics.record.Scope;
import io.plumbline.topics.record.Work;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What makes one kind of job different from another for the run coordinator, which knows no store: the work a run
 * begins with, the counters of its ledger, and what must hold between them. To add a kind is to add one of these, and
 * the workers of its work.
 */
public interface JobKind {

    /** As it stands in reports. */
    String name();

    /** The ledger's counters, in the order in which reports show them. */
    List<String> counters();

    List<LedgerEquation> equations();

    /** What such a run covers, for its report; {@code null} where the kind has no scope. */
    @Nullable
    Scope scope(RunRequest request, JobConfig job, DatasetConfig dataset);

    /** The first work of a run. None: there is nothing to do. */
    List<Work> begin(RunRequest request, JobConfig job, DatasetConfig dataset);

    /** Whether an answer to this work may name further work: until it is done, not all work is known. */
    boolean plans(Work work);

    /** The counter of a case that work named without having counted it. */
    String namedCounter();

    /** The counters that a case's outcome adds one to. */
    List<String> outcomeCounters(RunEvent.CaseClosed closed);

    /** The counter of a case that is still open when the run reaches its deadline. */
    String openAtDeadlineCounter();

    /** Whether its runs compare a scope of the dataset, and so vouch for it with a checkpoint. */
    default boolean vouches() {
        return false;
    }
}
