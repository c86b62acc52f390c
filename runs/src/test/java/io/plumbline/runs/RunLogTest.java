package io.plumbline.runs;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.topics.json.Json;
import io.plumbline.topics.record.Cause;
import io.plumbline.topics.record.RunStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RunLogTest {

    private static final String CONTEXT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final Logger logger = (Logger) LoggerFactory.getLogger(RunLog.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(lines);
    }

    @Test
    void shouldHaveRunDatasetAndTraceAsFieldsWhenLogsAreJson() {
        RunLog.refused(noRun(CONTEXT), RunStatus.SKIPPED);

        JsonNode line = json(lines.list.getFirst());
        assertThat(line.findValue("runId").asText()).isEqualTo("mails.r");
        assertThat(line.findValue("dataset").asText()).isEqualTo("mails");
        assertThat(line.get("mdc").get("requestId").asText()).isEqualTo("r");
        assertThat(line.get("mdc").get("traceparent").asText()).isEqualTo(CONTEXT);
    }

    @Test
    void shouldLeaveNoTraceToTheNextLineWhenARunHasNone() {
        RunLog.refused(noRun(CONTEXT), RunStatus.SKIPPED);
        logger.info("of another run");

        assertThat(lines.list.getLast().getMDCPropertyMap()).isEmpty();
    }

    @Test
    void shouldHaveTheFieldsBehindTheMessageWhenLogsAreText() throws IOException {
        RunLog.refused(noRun(null), RunStatus.SKIPPED);
        logger.info("plain");

        assertThat(text(lines.list.getFirst()))
                .endsWith("run mails.r is SKIPPED: busy runId=\"mails.r\" dataset=\"mails\" requestId=r\n");
        assertThat(text(lines.list.getLast())).endsWith(": plain\n");
    }

    private static NoRun noRun(@Nullable String traceparent) {
        Cause cause = new Cause(Cause.Kind.MANUAL, null, null, "r", "tests", null, traceparent, null);
        return new NoRun("mails.r", "mails", "documents", "mails", "mails", cause, null, false, Instant.EPOCH, "busy");
    }

    private JsonNode json(ILoggingEvent line) {
        JsonEncoder encoder = new JsonEncoder();
        encoder.setContext(logger.getLoggerContext());
        encoder.start();
        return Json.parse(new String(encoder.encode(line), StandardCharsets.UTF_8), JsonNode.class);
    }

    /** As the apps' own pattern has it. */
    private static String text(ILoggingEvent line) throws IOException {
        String configuration = Files.readString(Path.of("../runtime/src/main/app/log-text.xml"));
        Matcher pattern = Pattern.compile("<pattern>(.*)</pattern>").matcher(configuration);
        assertThat(pattern.find()).isTrue();
        PatternLayout layout = new PatternLayout();
        layout.setContext(new LoggerContext());
        layout.setPattern(pattern.group(1));
        layout.start();
        return layout.doLayout(line);
    }
}
