package io.plumbline.bench;

import java.util.Collections;
import java.util.List;

/**
 * How a quantity of a process went over a soak: the least of its samples in the first, the middle and the last third. What
 * a process has in hand goes up and down with what waits for it; what it never gives back raises the least, too. The first
 * third is warming up, so that it is not judged.
 *
 * @param hours how long a third is
 */
record Trend(double first, double middle, double last, double hours) {

    /** What the last third may have more than the middle one, as a share of it. */
    static final double TOLERANCE = 0.05;

    /** @param samples taken at even intervals, at least one for each third */
    static Trend of(List<Double> samples, double hours) {
        int third = samples.size() / 3;
        if (third == 0) {
            throw new IllegalArgumentException("three samples or more tell a trend, not " + samples.size());
        }
        return new Trend(
                Collections.min(samples.subList(0, third)),
                Collections.min(samples.subList(third, samples.size() - third)),
                Collections.min(samples.subList(samples.size() - third, samples.size())),
                hours / 3);
    }

    /** From the middle third to the last. */
    double growthPerHour() {
        return (last - middle) / hours;
    }

    /**
     * Whether the last third has no more than the middle one, give or take {@link #TOLERANCE} or the slack.
     *
     * @param slack what is noise however small the quantity is
     */
    boolean levelsOff(double slack) {
        return last - middle <= Math.max(slack, middle * TOLERANCE);
    }
}
