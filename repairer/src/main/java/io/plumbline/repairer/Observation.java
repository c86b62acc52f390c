package io.plumbline.repairer;

import io.plumbline.stores.Content;
import io.plumbline.stores.SourceEntity;
import io.plumbline.stores.TargetEntity;
import io.plumbline.topics.record.Look;
import org.jspecify.annotations.Nullable;

/** One entity as both stores showed it, the target read first, and what the comparison says about it. */
record Observation(TargetEntity target, SourceEntity source, Look look) {

    /** Whether the target holds exactly this content; {@code null} stands for nothing there. */
    boolean targetHolds(@Nullable Content content) {
        return digest(target.content()).equals(digest(content));
    }

    private static String digest(@Nullable Content content) {
        return content == null ? Look.ABSENT : content.digest();
    }
}
