package io.plumbline.reconciler.cases;

import io.plumbline.reconciler.cases.Evidence.Sight;
import io.plumbline.topics.json.Json;
import io.plumbline.topics.record.Drift;
import io.plumbline.topics.record.DriftClass;
import io.plumbline.topics.record.OutboxRow;
import io.plumbline.topics.record.RepairOutcome;
import io.plumbline.topics.record.Trace;
import io.plumbline.topics.record.Verdict;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what {@link CaseWriter} wrote. */
final class CaseReader {

    private final DataInputStream in;

    CaseReader(DataInputStream in) {
        this.in = in;
    }

    Case read() throws IOException {
        String id = text();
        boolean fast = in.readBoolean();
        long due = in.readLong();
        long dirtySince = in.readLong();
        Phase phase = phase();
        Evidence evidence = evidence();
        Progress progress = progress();
        Claim claim = new Claim(constant(DriftClass.class), nullableText());
        Standing standing = standing();
        List<Subscriber> subscribers = list(this::subscriber);
        List<UndoOrder> undos = list(this::undo);
        Map<String, Trace> traces = in.available() == 0 ? Map.of() : traces();
        return new Case(
                id, fast, phase, due, evidence, progress, claim, standing, dirtySince, subscribers, undos, traces);
    }

    private Map<String, Trace> traces() throws IOException {
        Map<String, Trace> traces = new HashMap<>();
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            traces.put(text(), new Trace(nullableText(), nullableText(), nullableText()));
        }
        return Map.copyOf(traces);
    }

    private Phase phase() throws IOException {
        byte tag = in.readByte();
        return switch (tag) {
            case 0 -> new Phase.Waiting();
            case 1 -> new Phase.Checking(text(), in.readLong());
            case 2 -> new Phase.Confirmed();
            case 3 -> new Phase.Repairing(text());
            case 4 -> new Phase.Undoing(text(), undo());
            case 5 -> new Phase.Marking(nullableText(), ending());
            case 6 -> new Phase.Resting(nullableText(), in.readInt());
            default -> throw new IOException("there is no phase " + tag);
        };
    }

    private Ending ending() throws IOException {
        Verdict verdict = present(constant(Verdict.class));
        return new Ending(verdict, constant(RepairOutcome.class), nullableText());
    }

    private Evidence evidence() throws IOException {
        Sight last = in.readBoolean() ? new Sight(text(), nullableText(), text()) : null;
        int generation = in.readInt();
        boolean steady = in.readBoolean();
        long firstSeen = in.readLong();
        return new Evidence(last, generation, steady, firstSeen, list(() -> new OutboxRow(text(), in.readInt())));
    }

    private Progress progress() throws IOException {
        return new Progress(in.readInt(), in.readInt(), in.readInt(), in.readInt(), in.readLong());
    }

    private @Nullable Standing standing() throws IOException {
        if (!in.readBoolean()) {
            return null;
        }
        Standing.State state = present(constant(Standing.State.class));
        return new Standing(state, Json.parse(text(), Drift.class), nullableText());
    }

    private Subscriber subscriber() throws IOException {
        return new Subscriber(text(), text(), in.readLong(), in.readBoolean(), in.readBoolean());
    }

    private UndoOrder undo() throws IOException {
        return new UndoOrder(text(), text(), text(), in.readLong());
    }

    private <T> List<T> list(Element<T> element) throws IOException {
        int size = in.readInt();
        if (size == 0) {
            return List.of();
        }
        List<T> all = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            all.add(element.read());
        }
        return List.copyOf(all);
    }

    private <E extends Enum<E>> @Nullable E constant(Class<E> type) throws IOException {
        String name = nullableText();
        return name == null ? null : Enum.valueOf(type, name);
    }

    private String text() throws IOException {
        return present(nullableText());
    }

    private @Nullable String nullableText() throws IOException {
        int length = in.readInt();
        if (length < 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static <T> T present(@Nullable T value) throws IOException {
        if (value == null) {
            throw new IOException("a value is missing");
        }
        return value;
    }

    @FunctionalInterface
    private interface Element<T> {
        T read() throws IOException;
    }
}
