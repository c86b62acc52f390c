package io.plumbline.bench;

import java.util.Locale;

/** What is sampled of a process in a soak. */
enum Quantity {
    /** What is alive in the heap, after all garbage was collected. */
    HEAP("MB", 4),
    /** Told and not judged: it follows the heap up to its limit, and holds what the stores have not written to disk yet. */
    RESIDENT("MB", Double.POSITIVE_INFINITY),
    THREADS("threads", 2),
    /** Open files and sockets. */
    HANDLES("handles", 10),
    /** The directory where Kafka Streams keeps its stores: what they have written to disk. */
    STATE("MB", 8);

    private final String unit;
    private final double slack;

    Quantity(String unit, double slack) {
        this.unit = unit;
        this.slack = slack;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    String unit() {
        return unit;
    }

    boolean isJudged() {
        return Double.isFinite(slack);
    }

    /** What is noise, however small the quantity is. */
    double slack() {
        return slack;
    }
}
