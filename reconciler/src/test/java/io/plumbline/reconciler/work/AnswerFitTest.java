package io.plumbline.reconciler.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.json.Json;
import io.plumbline.topics.record.AnswerStatus;
import io.plumbline.topics.record.DriftClass;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.FieldDifference;
import io.plumbline.topics.record.Look;
import io.plumbline.topics.record.Suspect;
import io.plumbline.topics.record.Work;
import io.plumbline.topics.record.WorkAnswer;
import io.plumbline.topics.record.WorkCommand;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AnswerFitTest {

    private static final WorkCommand COMMAND =
            new WorkCommand("run", "group", "job", "mail", 1, 1, WorkerBench.LATER, new Work.CompareRange(null, null));

    @Test
    void shouldLeaveAnAnswerThatFitsAlone() {
        WorkAnswer answer = answer(100, 0);

        assertThat(new AnswerFit(AnswerFit.RECORD).fitted(COMMAND, answer)).isSameAs(answer);
    }

    @Test
    void shouldGiveBackWhatDoesNotFitAsWorkThatCountsItself() {
        WorkAnswer answer = answer(5_000, 1);

        WorkAnswer fitted = new AnswerFit(AnswerFit.RECORD).fitted(COMMAND, answer);

        assertThat(Json.text(fitted).getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(AnswerFit.RECORD);
        int kept = fitted.suspects().size();
        assertThat(kept).isBetween(500, 4_999);
        assertThat(fitted.counters()).isEqualTo(Map.of("checked", 10L + kept, "matched", 10L, "unreadable", 0L));
        List<EntityKey> all = Stream.concat(
                        fitted.suspects().stream().map(Suspect::entity),
                        fitted.next().stream().flatMap(work -> ((Work.CompareKeys) work).keys().stream()))
                .toList();
        assertThat(all)
                .isEqualTo(answer.suspects().stream().map(Suspect::entity).toList());
    }

    @Test
    void shouldKeepSomeDifferencesOfManyFields() {
        WorkAnswer fitted = new AnswerFit(30_000).fitted(COMMAND, answer(1, 1_000));

        assertThat(fitted.suspects()).hasSize(1);
        assertThat(Objects.requireNonNull(fitted.suspects().getFirst().look()).differences())
                .hasSize(50);
    }

    @Test
    void shouldFailWhatCannotBeSplit() {
        WorkAnswer fitted = new AnswerFit(1_000).fitted(COMMAND, answer(1, 1_000));

        assertThat(fitted.status()).isEqualTo(AnswerStatus.FAILED);
        assertThat(fitted.reason()).contains("choose smaller segments");
    }

    private static WorkAnswer answer(int suspects, int differences) {
        List<FieldDifference> fields = new ArrayList<>();
        IntStream.range(0, differences).forEach(i -> fields.add(new FieldDifference("f" + i, "value", "x", "y")));
        Look look = new Look(DriftClass.DIFFERENT, "a".repeat(64), "5", "b".repeat(64), fields, List.of(), null);
        return new WorkAnswer(
                "run",
                "group",
                1,
                1,
                AnswerStatus.DONE,
                Map.of("checked", suspects + 10L, "matched", 10L, "unreadable", 0L),
                IntStream.range(0, suspects)
                        .mapToObj(i -> new Suspect(EntityKey.of("mail", "entity " + i), look))
                        .toList(),
                List.of(),
                List.of(),
                null,
                List.of(),
                null);
    }
}
