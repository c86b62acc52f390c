package io.plumbline.local.demo;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import io.plumbline.topics.record.Cause;
import io.plumbline.topics.record.DriftClass;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.Report;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the demo prints. */
final class DemoScreen {

    private final PrintStream out;
    private final long start = System.nanoTime();
    private String lastProgress = "";

    DemoScreen(PrintStream out) {
        this.out = out;
    }

    /** A line with the time since the start. */
    void say(String text) {
        double seconds = (System.nanoTime() - start) / 1e9;
        out.println(String.format(Locale.ROOT, "%5.1fs  %s", seconds, text));
    }

    static String many(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    void title(String title) {
        out.println();
        out.println("== " + title);
    }

    /** How a run goes on; says nothing while nothing has changed. */
    void progress(Report report) {
        Report.Progress progress = report.progress();
        if (progress == null) {
            return;
        }
        String now = report.job() + ": " + progress.done() + " of " + progress.known() + (progress.planned() ? "" : "+")
                + " pieces, " + many(report.counter("checked")) + " checked, " + progress.casesOpen()
                + " suspects open, " + report.counter("repaired") + " repaired";
        if (!now.equals(lastProgress)) {
            lastProgress = now;
            say(now);
        }
    }

    /** Planted against proven and repaired, by what was done. */
    void summary(List<Planted> planted, Map<EntityKey, DriftClass> proven, Set<EntityKey> notRepaired) {
        Map<String, List<Planted>> byHow = planted.stream()
                .collect(Collectors.groupingBy(one -> one.drift() + " " + one.how(), Collectors.toList()));
        List<String[]> rows = new ArrayList<>();
        for (String how : new TreeSet<>(byHow.keySet())) {
            rows.add(row(byHow.getOrDefault(how, List.of()), proven, notRepaired, how));
        }
        rows.add(row(planted, proven, notRepaired, "ALL"));
        table(List.of("drift", "planted", "proven", "repaired"), rows);
    }

    /** Candles that went astray against those that are back. */
    void candles(MarketScene prices) {
        List<String[]> rows = new ArrayList<>();
        for (Delivery how : List.of(Delivery.LOST, Delivery.NOT_CACHED, Delivery.REMOVED)) {
            rows.add(new String[] {
                "candles " + how.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                many(prices.count(how)),
                many(prices.back(how)),
                ""
            });
        }
        rows.add(new String[] {"slots without trades", many(prices.untraded()), "", many(prices.verified())});
        table(List.of("candles", "planted", "in the cache", "verified empty"), rows);
    }

    /** The reports side by side, a counter a line. */
    void reports(List<Report> reports) {
        Set<String> counters = reports.stream()
                .flatMap(report -> report.counters().keySet().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        List<String> header = new ArrayList<>(List.of(""));
        reports.forEach(report -> header.add(
                report.cause().kind() == Cause.Kind.CONTINUOUS ? report.job() + " (continuous)" : report.job()));
        List<String[]> rows = new ArrayList<>();
        rows.add(line("kind", reports, Report::kind));
        rows.add(line("status", reports, report -> report.status().name().toLowerCase(Locale.ROOT)));
        for (String counter : counters) {
            rows.add(line(counter, reports, report -> {
                Long count = report.counters().get(counter);
                return count == null ? "" : many(count);
            }));
        }
        rows.add(line("adds up", reports, report -> report.violations().isEmpty() ? "yes" : "NO"));
        table(header, rows);
        for (Report report : reports) {
            report.notes().forEach(note -> out.println("  " + report.job() + ": " + note));
        }
    }

    void errors(List<String> errors) {
        errors.stream().limit(20).forEach(error -> out.println("  NOT SO: " + error));
        if (errors.size() > 20) {
            out.println("  ... and " + (errors.size() - 20) + " more");
        }
    }

    private static String[] row(
            List<Planted> planted, Map<EntityKey, DriftClass> proven, Set<EntityKey> notRepaired, String how) {
        long seen = planted.stream()
                .filter(one -> proven.get(one.entity()) == one.drift())
                .count();
        long repaired = planted.stream()
                .filter(one -> proven.containsKey(one.entity()) && !notRepaired.contains(one.entity()))
                .count();
        return new String[] {
            how.toLowerCase(Locale.ROOT), Integer.toString(planted.size()), Long.toString(seen), Long.toString(repaired)
        };
    }

    private static String[] line(String name, List<Report> reports, Function<Report, String> value) {
        List<String> cells = new ArrayList<>(List.of(name));
        reports.forEach(report -> cells.add(value.apply(report)));
        return cells.toArray(String[]::new);
    }

    private void table(List<String> header, List<String[]> rows) {
        Column[] columns = new Column[header.size()];
        for (int i = 0; i < columns.length; i++) {
            HorizontalAlign align = i == 0 ? HorizontalAlign.LEFT : HorizontalAlign.RIGHT;
            columns[i] = new Column().header(header.get(i)).headerAlign(align).dataAlign(align);
        }
        out.println(
                AsciiTable.getTable(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS, columns, rows.toArray(String[][]::new)));
    }
}
