package io.plumbline.runs;

/** A run with what changes about it, as a record of it is processed. */
final class OpenRun {

    final JobKind kind;
    final RunSettings settings;
    final Tally tally;
    private Run run;
    private boolean changed;

    OpenRun(Run run, Tally tally, JobKind kind, RunSettings settings) {
        this.run = run;
        this.tally = tally;
        this.kind = kind;
        this.settings = settings;
    }

    String id() {
        return run.id();
    }

    Run run() {
        return run;
    }

    void become(Run newRun) {
        run = newRun;
        changed = true;
    }

    /** Whether it became another run since it was asked last. */
    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    boolean isContinuous() {
        return run.phase() == Run.Phase.CONTINUOUS;
    }
}
