package io.plumbline.reconciler.work;

import io.plumbline.topics.json.Json;
import io.plumbline.topics.record.AnswerStatus;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.Look;
import io.plumbline.topics.record.Suspect;
import io.plumbline.topics.record.Work;
import io.plumbline.topics.record.WorkAnswer;
import io.plumbline.topics.record.WorkCommand;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes an answer fit into a Kafka record. Suspects that do not fit are given back as work, to be compared by look-up,
 * and taken off the count of checked entities: whoever compares them counts them.
 *
 * @param limit bytes of an answer's JSON
 */
record AnswerFit(int limit) {

    /** Well below Kafka's default of one million bytes for a record. */
    static final int RECORD = 700_000;

    private static final int DIFFERENCES = 50;
    private static final int ROWS = 1_000;
    private static final int KEYS_AT_ONCE = 1_000;

    WorkAnswer fitted(WorkCommand command, WorkAnswer answer) {
        if (bytes(answer) <= limit) {
            return answer;
        }
        WorkAnswer bare = with(answer, List.of(), keys(answer.suspects()));
        long room = limit - (long) bytes(bare);
        List<Suspect> kept = new ArrayList<>();
        for (Suspect suspect : answer.suspects()) {
            Suspect slim = new Suspect(suspect.entity(), suspect.look() == null ? null : slim(suspect.look()));
            room -= bytes(slim) + 1L;
            if (room < 0) {
                break;
            }
            kept.add(slim);
        }
        List<Suspect> rest =
                answer.suspects().subList(kept.size(), answer.suspects().size());
        if (kept.isEmpty()) {
            return WorkAnswer.without(
                    command,
                    AnswerStatus.FAILED,
                    "the answer has " + bytes(answer) + " bytes and cannot be split: choose smaller segments");
        }
        return with(answer, kept, keys(rest));
    }

    /** A look without what a record cannot hold: some differences show the drift as well as all do. */
    static Look slim(Look look) {
        if (look.differences().size() <= DIFFERENCES && look.pending().size() <= ROWS) {
            return look;
        }
        return new Look(
                look.drift(),
                look.sourceContent(),
                look.sourceOrder(),
                look.targetContent(),
                look.differences().stream().limit(DIFFERENCES).toList(),
                look.pending().stream().limit(ROWS).toList(),
                look.unreadable());
    }

    private static WorkAnswer with(WorkAnswer answer, List<Suspect> suspects, List<Work> more) {
        long moved = answer.suspects().size() - (long) suspects.size();
        Map<String, Long> counters = new HashMap<>(answer.counters());
        counters.computeIfPresent("checked", (name, checked) -> checked - moved);
        List<Work> next = new ArrayList<>(answer.next());
        next.addAll(more);
        return new WorkAnswer(
                answer.runId(),
                answer.group(),
                answer.number(),
                answer.attempt(),
                answer.status(),
                counters,
                suspects,
                answer.unreadable(),
                next,
                answer.position(),
                answer.undo(),
                answer.reason());
    }

    private static List<Work> keys(List<Suspect> suspects) {
        List<Work> work = new ArrayList<>();
        List<EntityKey> keys = suspects.stream().map(Suspect::entity).toList();
        for (int from = 0; from < keys.size(); from += KEYS_AT_ONCE) {
            work.add(new Work.CompareKeys(keys.subList(from, Math.min(from + KEYS_AT_ONCE, keys.size()))));
        }
        return work;
    }

    private static int bytes(Object value) {
        return Json.text(value).getBytes(StandardCharsets.UTF_8).length;
    }
}
