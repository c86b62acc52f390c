package io.plumbline.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One measured figure, printed as one JSON line.
 *
 * @param value the median of {@code runs}
 * @param goal what it should be, in words; {@code null} where it is only told
 */
@JsonPropertyOrder({"figure", "value", "runs", "unit", "goal", "machine"})
@JsonInclude(JsonInclude.Include.NON_NULL)
record Figure(
        String figure,
        BigDecimal value,
        List<BigDecimal> runs,
        String unit,
        @Nullable String goal,
        String machine) {

    private static final MathContext DIGITS = new MathContext(4);

    static Figure of(String figure, List<Double> runs, String unit, @Nullable String goal) {
        List<BigDecimal> rounded = runs.stream().map(Figure::rounded).toList();
        return new Figure(figure, rounded(median(runs)), rounded, unit, goal, Machine.describe());
    }

    static double median(List<Double> runs) {
        List<Double> sorted = runs.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static BigDecimal rounded(double value) {
        BigDecimal rounded = BigDecimal.valueOf(value).round(DIGITS);
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }
}
