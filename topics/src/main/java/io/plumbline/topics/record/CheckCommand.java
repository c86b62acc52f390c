package io.plumbline.topics.record;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Look at one entity in both stores as they are now; or, with {@code failure}, record on its unprocessed outbox rows
 * that they could not be applied. Keyed by the entity; answered exactly once with a {@link CheckAnswer}.
 *
 * @param checkId unique among the commands of its entity; the answer carries it
 * @param failure the error to record on {@code rows} (retry count n+1 where it is still n); {@code null} for a look
 */
public record CheckCommand(
        EntityKey entity,
        String checkId,
        Instant deadline,
        @Nullable String failure,
        List<OutboxRow> rows) {

    @SuppressWarnings("NullAway") // Jackson passes null for a list that was left out
    public CheckCommand {
        rows = rows == null ? List.of() : List.copyOf(rows);
    }
}
