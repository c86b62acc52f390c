package io.plumbline.stores;

import io.plumbline.topics.record.EntityKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The target of one dataset. Every method throws {@link StoreUnavailableException} where it is away. */
public interface TargetEntities {

    /** Each entity as it is now at the primary; absent ones too. */
    Map<EntityKey, TargetEntity> find(Collection<EntityKey> keys);

    /** Writes each, conditioned on the target content that was observed; answers in the same order. */
    List<WriteResult> write(List<ConditionalWrite> writes);

    /** Content from {@link Content#json()}. */
    Content parse(String json);

    /**
     * One write.
     *
     * @param observed what was read before: the condition
     * @param planned the mapped content to be there afterwards; {@code null} to delete the entity
     */
    record ConditionalWrite(
            EntityKey key, TargetEntity observed, @Nullable Content planned) {}

    /** What became of a write. */
    sealed interface WriteResult {
        /** The condition held and it was written. */
        record Written() implements WriteResult {}

        /** The condition did not hold: nothing was written. */
        record ConditionGone() implements WriteResult {}

        /** The store refused it for a reason of its own. */
        record Refused(String reason) implements WriteResult {}
    }
}
