package io.plumbline.cli;

import io.plumbline.topics.record.Report;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * A progress bar of checked entities with rate and remaining time, where a person watches; nothing otherwise. How many
 * entities there are is reckoned from the pieces of work that are done, once all are known.
 */
final class RunProgress implements AutoCloseable {

    private static final int WIDTH = 110;

    private final boolean shown;
    private @Nullable ProgressBar bar;
    private @Nullable String runId;

    private RunProgress(boolean shown) {
        this.shown = shown;
    }

    static RunProgress on(Console console, boolean json) {
        return new RunProgress(console.terminal() && !json);
    }

    void show(Report report) {
        if (!shown) {
            return;
        }
        if (bar == null || !report.runId().equals(runId)) {
            close();
            bar = open(report);
            runId = report.runId();
        }
        long checked = report.counter("checked");
        bar.maxHint(report.status().isFinal() ? checked : expected(report));
        bar.stepTo(checked);
        bar.setExtraMessage(message(report));
        bar.refresh();
    }

    /** Entities that the run will have checked; {@code -1} while that is not known. */
    static long expected(Report report) {
        Report.Progress progress = report.progress();
        if (progress == null || !progress.planned() || progress.done() == 0) {
            return -1;
        }
        return Math.round((double) report.counter("checked") * progress.known() / progress.done());
    }

    private static String message(Report report) {
        Report.Progress progress = report.progress();
        return progress == null || progress.casesOpen() == 0 ? "" : " open cases: " + progress.casesOpen();
    }

    private static ProgressBar open(Report report) {
        return new ProgressBarBuilder()
                .setTaskName(report.job())
                .setInitialMax(-1)
                .setStyle(ProgressBarStyle.ASCII)
                .showSpeed()
                .setUpdateIntervalMillis(500)
                .startsFrom(0, Duration.ZERO)
                .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
                .build();
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
