package io.plumbline.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * What each of some processes did of one kind of work.
 *
 * @param each by process, from their meters
 * @param answered pieces that have a committed answer, each counted once
 */
record Shares(String kind, List<Double> each, long answered) {

    /** The difference between the most and the least, in percent of the mean; 0 for one process. */
    double spread() {
        double most = each.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        double least = each.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        return sum() == 0 ? 0 : 100 * (most - least) / (sum() / each.size());
    }

    /** How much was done more than once. */
    double twice() {
        return sum() - answered;
    }

    /** What came since an earlier reading of the same processes. */
    Shares since(Shares earlier) {
        List<Double> more = new ArrayList<>();
        for (int i = 0; i < each.size(); i++) {
            more.add(each.get(i) - earlier.each.get(i));
        }
        return new Shares(kind, more, answered - earlier.answered);
    }

    private double sum() {
        return each.stream().mapToDouble(Double::doubleValue).sum();
    }

    @Override
    public String toString() {
        return "%s %s, %d answered, spread %.0f %%".formatted(kind, each, answered, spread());
    }
}
