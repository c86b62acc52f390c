package io.plumbline.runs;

import io.plumbline.topics.config.JobConfig;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.RunEvent;
import io.plumbline.topics.record.RunRequest;
import io.plumbline.topics.record.Scope;
import io.plumbline.topics.record.Suspect;
import io.plumbline.topics.record.Trigger;
import io.plumbline.topics.record.Work;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What makes one kind of job different from another for the run coordinator, which knows no store: what may be asked for,
 * the work a run begins with, the counters of its ledger, and what must hold between them. To add a kind is to add one of
 * these, and the workers of its work.
 */
public interface JobKind {

    /** As it stands in reports. */
    String name();

    /** The ledger's counters, in the order in which reports show them. */
    List<String> counters();

    List<LedgerEquation> equations();

    /** The counters that make a run one that was completed with failures. */
    List<String> failures();

    /** What is wrong with what a trigger asks for of a job of this kind; nothing where it can be run. */
    List<String> problems(Trigger trigger, String name, JobConfig job);

    /** Whether a trigger may ask for {@code window} and {@code keys} together. */
    default boolean narrowsWindows() {
        return false;
    }

    /** The scope that a trigger without problems asks for; {@code null} where it leaves that to the job. */
    @Nullable
    Scope asked(Trigger trigger, JobConfig job);

    /** What such a run covers, for its report; {@code null} where the kind has no scope. */
    @Nullable
    Scope scope(RunRequest request, JobConfig job);

    /** The first work of a run that starts now. None: there is nothing to do. */
    List<Work> begin(RunRequest request, JobConfig job, Instant now);

    /** The work of looking afresh at entities that an earlier run about the subject held; none where no run holds any. */
    default List<Work> lookAfresh(List<EntityKey> entities, String subject) {
        return List.of();
    }

    /** Whether an answer to this work may name further work: until it is done, not all work is known. */
    boolean plans(Work work);

    /** The counter of a case that work named without having counted it. */
    String namedCounter();

    /** The outcome of a suspect that the request opens no case for; {@code null} where a case is opened. */
    default RunEvent.@Nullable CaseSettled settledAtOnce(RunRequest request, Suspect suspect) {
        return null;
    }

    /** The counters that a case's outcome adds one to. */
    List<String> outcomeCounters(RunEvent.CaseClosed closed);

    /**
     * What the ledger counts further when the run reaches its deadline.
     *
     * @param counters as they are then
     * @param casesOpen the cases without an outcome
     */
    Map<String, Long> atDeadline(Map<String, Long> counters, long casesOpen);

    /** Whether its runs compare a scope of their subject, and so vouch for it with a checkpoint. */
    default boolean vouches() {
        return false;
    }
}
