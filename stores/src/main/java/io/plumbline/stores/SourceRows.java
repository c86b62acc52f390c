package io.plumbline.stores;

import io.plumbline.topics.record.EntityKey;
import java.util.Collection;
import java.util.Map;

/** The source of one dataset, read by entity. Every method throws {@link StoreUnavailableException} where it is away. */
public interface SourceRows {

    /** Each entity as it is now, in one snapshot; absent ones too. */
    Map<EntityKey, SourceEntity> find(Collection<EntityKey> keys);

    /**
     * The entities that source keys (values of the outbox's {@code source-column}, as text) belong to. A key without a
     * row is left out.
     */
    Map<String, EntityKey> resolve(Collection<String> sourceKeys);

    /** What a repair would write so that the target equals this source entity, as the target stores it. */
    Content plan(SourceEntity source);
}
