package io.plumbline.runs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.plumbline.topics.json.Json;
import io.plumbline.topics.record.Cause;
import io.plumbline.topics.record.RunRequest;
import io.plumbline.topics.record.RunStatus;
import io.plumbline.topics.record.Scope;
import io.plumbline.topics.record.WhenBusy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunTest {

    private static final Instant START = Instant.parse("2026-11-21T22:00:00Z");

    /** Runs go on over an upgrade: what is stored keeps its form. */
    private static final String STORED = """
            {"request": {"runId": "mails.r", "group": "mails", "job": "mails", "remaining": [],
                "cause": {"kind": "manual", "requestId": "r"}, "dryRun": false, "whenBusy": "queue",
                "requestedAt": "2026-11-21T22:00:00Z"},
             "kind": "documents", "dataset": "mails", "phase": "comparing",
             "scope": {"kind": "window", "window": "PT2H", "keys": []},
             "startedAt": "2026-11-21T22:00:00Z", "deadline": "2026-11-21T22:10:00Z", "status": "running",
             "endAnnounced": false}
            """;

    @Test
    void shouldReadAndWriteTheFormThatIsStored() throws JsonProcessingException {
        Cause cause = new Cause(Cause.Kind.MANUAL, null, null, "r", null, null);
        RunRequest request = new RunRequest(
                "mails.r", "mails", "mails", List.of(), cause, null, false, WhenBusy.QUEUE, null, null, START);
        Run run = new Run(
                request,
                "documents",
                "mails",
                Run.Phase.COMPARING,
                Scope.window(Duration.ofHours(2)),
                START,
                START.plus(Duration.ofMinutes(10)),
                null,
                null,
                RunStatus.RUNNING,
                null,
                false);

        assertThat(Json.MAPPER.readValue(STORED, Run.class)).isEqualTo(run);
        assertThat(Json.MAPPER.readTree(Json.text(run))).isEqualTo(Json.MAPPER.readTree(STORED));
    }
}
