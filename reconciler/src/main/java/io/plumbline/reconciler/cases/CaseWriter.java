package io.plumbline.reconciler.cases;

import io.plumbline.reconciler.cases.Evidence.Sight;
import io.plumbline.topics.json.Json;
import io.plumbline.topics.record.OutboxRow;
import io.plumbline.topics.record.Trace;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a case's fields in order; {@link CaseReader} reads them in the same. */
final class CaseWriter {

    private final DataOutput out;

    CaseWriter(DataOutput out) {
        this.out = out;
    }

    void write(Case value) throws IOException {
        text(value.id());
        out.writeBoolean(value.fast());
        out.writeLong(value.due());
        out.writeLong(value.dirtySince());
        phase(value.phase());
        evidence(value.evidence());
        progress(value.progress());
        constant(value.claim().confirmed());
        text(value.claim().releasedBy());
        standing(value.standing());
        out.writeInt(value.subscribers().size());
        for (Subscriber subscriber : value.subscribers()) {
            subscriber(subscriber);
        }
        out.writeInt(value.undos().size());
        for (UndoOrder order : value.undos()) {
            undo(order);
        }
        // At the end, and only where there are some: an app that knows nothing of them reads the rest.
        if (!value.traces().isEmpty()) {
            traces(value.traces());
        }
    }

    private void traces(Map<String, Trace> traces) throws IOException {
        out.writeInt(traces.size());
        for (Map.Entry<String, Trace> entry : traces.entrySet()) {
            text(entry.getKey());
            text(entry.getValue().requestId());
            text(entry.getValue().traceparent());
            text(entry.getValue().tracestate());
        }
    }

    private void phase(Phase phase) throws IOException {
        switch (phase) {
            case Phase.Waiting waiting -> out.writeByte(0);
            case Phase.Checking checking -> {
                out.writeByte(1);
                text(checking.checkId());
                out.writeLong(checking.covers());
            }
            case Phase.Confirmed confirmed -> out.writeByte(2);
            case Phase.Repairing repairing -> {
                out.writeByte(3);
                text(repairing.repairId());
            }
            case Phase.Undoing undoing -> {
                out.writeByte(4);
                text(undoing.repairId());
                undo(undoing.order());
            }
            case Phase.Marking marking -> {
                out.writeByte(5);
                text(marking.checkId());
                constant(marking.ending().verdict());
                constant(marking.ending().outcome());
                text(marking.ending().reason());
            }
            case Phase.Resting resting -> {
                out.writeByte(6);
                text(resting.checkId());
                out.writeInt(resting.looks());
            }
        }
    }

    private void evidence(Evidence evidence) throws IOException {
        Sight last = evidence.last();
        out.writeBoolean(last != null);
        if (last != null) {
            text(last.sourceContent());
            text(last.sourceOrder());
            text(last.targetContent());
        }
        out.writeInt(evidence.generation());
        out.writeBoolean(evidence.steady());
        out.writeLong(evidence.firstSeen());
        List<OutboxRow> pending = evidence.pending();
        out.writeInt(pending.size());
        for (OutboxRow row : pending) {
            text(row.id());
            out.writeInt(row.retryCount());
        }
    }

    private void progress(Progress progress) throws IOException {
        out.writeInt(progress.commands());
        out.writeInt(progress.contested());
        out.writeInt(progress.failures());
        out.writeInt(progress.unavailable());
        out.writeLong(progress.unavailableSince());
    }

    private void standing(@Nullable Standing standing) throws IOException {
        out.writeBoolean(standing != null);
        if (standing != null) {
            constant(standing.state());
            text(Json.text(standing.drift()));
            text(standing.parkedContent());
        }
    }

    private void subscriber(Subscriber subscriber) throws IOException {
        text(subscriber.runId());
        text(subscriber.group());
        out.writeLong(subscriber.deadline());
        out.writeBoolean(subscriber.suspected());
        out.writeBoolean(subscriber.told());
    }

    private void undo(UndoOrder order) throws IOException {
        text(order.runId());
        text(order.group());
        text(order.undoes());
        out.writeLong(order.deadline());
    }

    private void constant(@Nullable Enum<?> value) throws IOException {
        text(value == null ? null : value.name());
    }

    private void text(@Nullable String value) throws IOException {
        if (value == null) {
            out.writeInt(-1);
        } else {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }
}
