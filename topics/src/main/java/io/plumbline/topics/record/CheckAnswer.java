package io.plumbline.topics.record;

import org.jspecify.annotations.Nullable;

/**
 * What a look showed; keyed by the entity.
 *
 * @param look what it showed, where the status is {@code DONE} and it was a look
 * @param reason why, where the status is not {@code DONE}
 */
public record CheckAnswer(
        EntityKey entity,
        String checkId,
        AnswerStatus status,
        @Nullable Look look,
        @Nullable String reason) {}
