package io.plumbline.reconciler.run;

/** Told of what is worth measuring about runs. */
public interface RunMeters {

    RunMeters NONE = (run, ledger) -> {};

    /** A run has ended, or a continuous run has ended once more. */
    void ended(Run run, Ledger ledger);
}
