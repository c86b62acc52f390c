package io.plumbline.reconciler;

import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.topics.record.AnswerStatus;
import io.plumbline.topics.record.CheckAnswer;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.WorkAnswer;
import io.plumbline.topics.record.WorkCommand;
import java.time.Clock;
import java.util.Set;

/** Every meter of the reconciler's own. */
public final class ReconcilerMeters {

    private static final EntityKey ENTITY = EntityKey.of("dataset", "key");

    private ReconcilerMeters() {}

    public static void in(MeterRegistry registry, WorkCommand work) {
        ReconcilerMetrics metrics = new ReconcilerMetrics(registry);
        metrics.worked("dataset", WorkAnswer.without(work, AnswerStatus.EXPIRED, "late"));
        metrics.checked("dataset", new CheckAnswer(ENTITY, "check", AnswerStatus.EXPIRED, null, "late"));
        metrics.resolved("dataset", true);
        metrics.watch(new OpenDrifts(), Set.of("dataset"), Clock.systemUTC());
    }
}
