package io.plumbline.topics.record;

/** What became of a drift in a run's ledger: {@code missing + different + extra} is the sum of them all. */
public enum RepairOutcome {
    REPAIRED,
    SUPERSEDED,
    FAILED,
    HELD,
    REPORTED
}
