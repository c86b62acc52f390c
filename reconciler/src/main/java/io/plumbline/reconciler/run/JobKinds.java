package io.plumbline.reconciler.run;

import io.plumbline.topics.config.JobConfig;
import io.plumbline.topics.record.RunRequest;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The job kinds there are. */
final class JobKinds {

    static final DocumentsKind DOCUMENTS = new DocumentsKind();
    static final OutboxRetryKind OUTBOX_RETRY = new OutboxRetryKind();
    static final CleanUpKind CLEAN_UP = new CleanUpKind();
    static final UndoKind UNDO = new UndoKind();

    private static final Map<String, JobKind> BY_NAME = List.of(DOCUMENTS, OUTBOX_RETRY, CLEAN_UP, UNDO).stream()
            .collect(Collectors.toMap(JobKind::name, Function.identity()));

    private JobKinds() {}

    static @Nullable JobKind named(String name) {
        return BY_NAME.get(name);
    }

    /** The kind of the run that a request asks for; {@code null} for a sequence, which is none of its own. */
    static @Nullable JobKind of(RunRequest request, JobConfig job) {
        if (request.undo() != null) {
            return UNDO;
        }
        return request.approve() == null ? of(job) : DOCUMENTS;
    }

    static @Nullable JobKind of(JobConfig job) {
        return switch (job.kind()) {
            case DOCUMENTS -> DOCUMENTS;
            case OUTBOX_RETRY -> OUTBOX_RETRY;
            case CLEAN_UP -> CLEAN_UP;
            case CANDLES, SEQUENCE -> null;
        };
    }
}
