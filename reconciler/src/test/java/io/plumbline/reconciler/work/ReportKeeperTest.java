package io.plumbline.reconciler.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.runtime.RetryLaterException;
import io.plumbline.stores.StoreUnavailableException;
import io.plumbline.topics.record.Cause;
import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.RunStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportKeeperTest {

    private static final Report REPORT = new Report(
            "run",
            "mail",
            "documents",
            "mail",
            "mail",
            new Cause(Cause.Kind.MANUAL, null, null, "1", null, null),
            null,
            false,
            RunStatus.RUNNING,
            WorkerBench.NOW,
            WorkerBench.NOW,
            null,
            null,
            Map.of(),
            null,
            List.of(),
            null,
            Map.of(),
            List.of(),
            List.of(),
            List.of(),
            null,
            null);

    @Test
    void shouldKeepReports() {
        List<Report> kept = new ArrayList<>();

        assertThat(new ReportKeeper(kept::addAll).handle(WorkerBench.received(List.of(REPORT))))
                .isEmpty();

        assertThat(kept).containsExactly(REPORT);
    }

    @Test
    void shouldWaitWhileTheTableIsAway() {
        ReportKeeper keeper = new ReportKeeper(reports -> {
            throw new StoreUnavailableException("postgres", new IOException("connection refused"));
        });

        assertThatThrownBy(() -> keeper.handle(WorkerBench.received(List.of(REPORT))))
                .isInstanceOf(RetryLaterException.class);
    }
}
