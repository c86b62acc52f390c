package io.plumbline.bench;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Times in milliseconds. */
final class Latencies {

    private static final long HIGHEST = 600_000;

    private final Histogram histogram = new Histogram(HIGHEST, 3);

    void add(double millis) {
        histogram.recordValue(Math.clamp((long) millis, 0, HIGHEST));
    }

    long count() {
        return histogram.getTotalCount();
    }

    double percentile(double percent) {
        return histogram.getValueAtPercentile(percent);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d measured, p50 %.0f ms, p99 %.0f ms, at most %d ms",
                histogram.getTotalCount(),
                percentile(50),
                percentile(99),
                histogram.getMaxValue());
    }
}
