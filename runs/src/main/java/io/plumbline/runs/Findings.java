package io.plumbline.runs;

import io.plumbline.runs.StateStore.Form;
import io.plumbline.topics.record.FieldDifference;
import io.plumbline.topics.record.RepairOutcome;
import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.RunEvent;
import io.plumbline.topics.record.Verdict;
import io.plumbline.topics.record.WorkAnswer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run's report shows beside its ledger: samples, what could not be compared, field differences by field and
 * kind, notes with how often each came up. One small record each, a bounded number of them.
 */
final class Findings {

    static final int SAMPLES = 20;
    private static final int NOTES = 20;
    private static final int LENGTH = 500;
    private static final int FIELDS = 1_000;
    private static final String OTHER = "more, for other reasons";

    private static final Form<Report.Sample> SAMPLE = new Form<>(Report.Sample.class);
    private static final Form<WorkAnswer.Unreadable> UNREADABLE = new Form<>(WorkAnswer.Unreadable.class);
    private static final Form<FieldCount> FIELD = new Form<>(FieldCount.class);
    private static final Form<Note> NOTE = new Form<>(Note.class);

    private record FieldCount(String field, String kind, long count) {}

    private record Note(String text, long count) {}

    private final StateStore state;

    Findings(StateStore state) {
        this.state = state;
    }

    void note(OpenRun open, String text) {
        note(open, text, 1);
    }

    void note(OpenRun open, String fullText, long count) {
        String text = fullText.length() > LENGTH ? fullText.substring(0, LENGTH) : fullText;
        String key = key(open, "note", text);
        Note known = state.get(key, NOTE);
        if (known != null) {
            state.put(key, new Note(text, known.count + count), NOTE);
        } else if (open.tally.notes < NOTES || text.equals(OTHER)) {
            open.tally.notes++;
            state.put(key, new Note(text, count), NOTE);
        } else {
            note(open, OTHER, count);
        }
    }

    void unreadable(OpenRun open, WorkAnswer.Unreadable entry) {
        if (open.tally.unreadable < SAMPLES) {
            state.put(key(open, "unreadable", "%02d".formatted(open.tally.unreadable++)), entry, UNREADABLE);
        }
    }

    void outcome(OpenRun open, RunEvent.CaseClosed closed) {
        Verdict verdict = closed.verdict();
        if (verdict == Verdict.UNREADABLE) {
            String reason = closed.reason() == null ? "unreadable" : closed.reason();
            unreadable(open, new WorkAnswer.Unreadable(closed.entity().text(), reason));
        } else if (verdict == Verdict.SKIPPED) {
            note(open, "skipped: " + (closed.reason() == null ? "no reason given" : closed.reason()));
        }
        if (closed.repair() == RepairOutcome.FAILED) {
            note(open, "repair failed: " + (closed.reason() == null ? "no reason given" : closed.reason()));
        }
        if (verdict.isDrift()) {
            closed.differences().forEach(difference -> count(open, difference));
        }
        if ((verdict.isDrift() || verdict == Verdict.UNSTABLE) && open.tally.samples < SAMPLES) {
            Report.Sample sample =
                    new Report.Sample(closed.entity(), verdict, closed.repair(), closed.differences(), closed.reason());
            state.put(key(open, "sample", "%02d".formatted(open.tally.samples++)), sample, SAMPLE);
        }
    }

    List<Report.Sample> samples(String runId) {
        return values(runId, "sample", SAMPLE);
    }

    List<WorkAnswer.Unreadable> unreadable(String runId) {
        return values(runId, "unreadable", UNREADABLE);
    }

    List<String> notes(String runId) {
        return values(runId, "note", NOTE).stream()
                .map(note -> note.count == 1 ? note.text : note.text + " (" + note.count + " times)")
                .toList();
    }

    Map<String, Map<String, Long>> fieldDifferences(String runId) {
        Map<String, Map<String, Long>> counts = new TreeMap<>();
        values(runId, "field", FIELD)
                .forEach(count -> counts.computeIfAbsent(count.field, field -> new TreeMap<>())
                        .put(count.kind, count.count));
        return counts;
    }

    private void count(OpenRun open, FieldDifference difference) {
        String key = key(open, "field", difference.field() + "\t" + difference.kind());
        FieldCount known = state.get(key, FIELD);
        long count = known == null ? 1 : known.count + 1;
        state.put(key, new FieldCount(difference.field(), difference.kind(), count), FIELD);
    }

    private <T> List<T> values(String runId, String what, Form<T> form) {
        return state.entries(FIELDS, form, Runs.LIVE, runId, what).stream()
                .map(StateStore.Entry::value)
                .toList();
    }

    private static String key(OpenRun open, String what, String which) {
        return StateStore.key(Runs.LIVE, open.id(), what, which);
    }
}
