package io.plumbline.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.local.servers.OnProvidedServers;
import io.plumbline.runtime.KafkaClients;
import io.plumbline.runtime.Received;
import io.plumbline.runtime.TopicReader;
import io.plumbline.runtime.TraceHeaders;
import io.plumbline.topics.Topic;
import io.plumbline.topics.Topics;
import io.plumbline.topics.record.Drift;
import io.plumbline.topics.record.RepairAnswer;
import io.plumbline.topics.record.RepairCommand;
import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.RunStatus;
import io.plumbline.topics.record.Trace;
import io.plumbline.topics.record.Trigger;
import io.plumbline.topics.record.WorkAnswer;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** The trace context of a trigger, through every app that its run goes through. */
@OnProvidedServers
class TracedRunTest {

    private static final Duration AT_MOST = Duration.ofMinutes(2);
    private static final String RUN = "accounts.traced";
    private static final Trace TRACE =
            new Trace("traced", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "vendor=value");

    @Test
    void shouldBeOnEverythingOfTheRunWhenATriggerCameWithATraceContext() throws Exception {
        try (SystemUnderTest tested = SystemUnderTest.start(100, 5, 11)) {
            tested.stores.copyAccount(7, "Edited by hand", BigDecimal.TEN);
            Topics topics = tested.system.topics();
            ProducerRecord<byte[], byte[]> trigger = topics.manualTrigger.toRecord(
                    "accounts",
                    new Trigger("accounts", true, null, null, null, null, "tests", "traced", null, null, null));
            TraceHeaders.write(TRACE, trigger.headers());

            tested.client.send(trigger);
            Report report = tested.client.awaitEnd(RUN, AT_MOST);

            assertThat(report.status()).as("%s", report).isEqualTo(RunStatus.COMPLETED);
            assertThat(report.counter("repaired")).isEqualTo(1);
            assertThat(Trace.of(report.cause())).isEqualTo(TRACE);
            assertTraced(tested, topics.reconciliationReport, Report::runId);
            assertTraced(tested, topics.workAnswers, WorkAnswer::runId);
            assertTraced(tested, topics.repairs, RepairCommand::runId);
            assertTraced(tested, topics.repairResults, RepairAnswer::runId);
            assertTraced(tested, topics.drifts, Drift::runId);
        }
    }

    private static <V> void assertTraced(SystemUnderTest tested, Topic<String, V> topic, Function<V, String> run) {
        try (TopicReader<V> reader =
                new TopicReader<>(new KafkaClients(tested.system.config().kafka()).openReader(), topic, AT_MOST)) {
            List<Received<V>> ofRun = reader.all().stream()
                    .filter(received -> run.apply(received.value()).equals(RUN))
                    .toList();
            assertThat(ofRun).as(topic.name()).isNotEmpty();
            assertThat(ofRun).as(topic.name()).extracting(Received::trace).containsOnly(TRACE);
        }
    }
}
