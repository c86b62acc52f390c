package io.plumbline.runs;

/** Where the two intakes send what they read. */
final class IntakeSinks {

    static final String REQUESTS = "accepted-requests-sink";
    static final String REPORTS = "refusals-sink";
    static final String DEAD_LETTERS = "dead-letters-sink";

    private IntakeSinks() {}
}
