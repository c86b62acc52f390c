package io.plumbline.bench;

import java.util.Locale;

/** What is sampled of a process in a soak. */
enum Quantity {
    /** What is alive in the heap, after all garbage was collected. */
    HEAP("MB", 4),
    RESIDENT("MB", 16),
    THREADS("threads", 2),
    /** Open files and sockets. */
    HANDLES("handles", 10),
    /** The directory where Kafka Streams keeps its stores. */
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

    /** What is noise, however small the quantity is. */
    double slack() {
        return slack;
    }
}
