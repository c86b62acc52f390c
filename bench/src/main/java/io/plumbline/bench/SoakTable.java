package io.plumbline.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a soak says in the end: a line for each quantity of each app, and the same as figures. */
final class SoakTable {

    private final List<String> lines = new ArrayList<>();
    private final List<Figure> figures = new ArrayList<>();
    private final List<String> growing = new ArrayList<>();

    SoakTable() {
        lines.add(String.format(
                Locale.ROOT,
                "%-14s %-9s %9s %9s %9s  %9s %-8s",
                "app",
                "",
                "first",
                "middle",
                "last",
                "an hour",
                "unit"));
    }

    void add(String app, Map<Quantity, Trend> trends) {
        trends.forEach((quantity, trend) -> {
            boolean level = trend.levelsOff(quantity.slack());
            String name = app + " " + quantity.label();
            if (!level) {
                growing.add(name);
            }
            lines.add(String.format(
                    Locale.ROOT,
                    "%-14s %-9s %9.1f %9.1f %9.1f  %+9.1f %-8s %s",
                    app,
                    quantity.label(),
                    trend.first(),
                    trend.middle(),
                    trend.last(),
                    trend.growthPerHour(),
                    quantity.unit(),
                    quantity.isJudged() ? (level ? "levels off" : "GROWS") : "told only"));
            String figure = "soak." + app + "." + quantity.label();
            figures.add(Figure.of(figure, List.of(trend.last()), quantity.unit(), null));
            figures.add(Figure.of(
                    figure + "-growth", List.of(trend.growthPerHour()), quantity.unit() + " an hour", goal(quantity)));
        });
    }

    private static @Nullable String goal(Quantity quantity) {
        return quantity.isJudged()
                ? "last third at most %.0f %% or %.0f %s above the middle one"
                        .formatted(100 * Trend.TOLERANCE, quantity.slack(), quantity.unit())
                : null;
    }

    /** What does not level off. */
    List<String> growing() {
        return growing;
    }

    void print() {
        figures.forEach(Console::print);
        lines.forEach(line -> Console.say("%s", line));
    }
}
