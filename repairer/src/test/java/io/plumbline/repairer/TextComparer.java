package io.plumbline.repairer;

import io.plumbline.stores.Content;
import io.plumbline.stores.EntityComparer;
import io.plumbline.stores.SourceEntity;
import io.plumbline.stores.TargetEntity;
import io.plumbline.topics.record.DriftClass;
import io.plumbline.topics.record.Look;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares texts. */
final class TextComparer implements EntityComparer {

    @Override
    public Look compare(SourceEntity source, TargetEntity target) {
        String unreadable = source.unreadable() == null ? target.unreadable() : source.unreadable();
        return new Look(
                unreadable == null ? drift(source.content(), target.content()) : null,
                digest(source.content()),
                source.order(),
                digest(target.content()),
                List.of(),
                source.pending(),
                unreadable);
    }

    private static @Nullable DriftClass drift(@Nullable Content source, @Nullable Content target) {
        if (digest(source).equals(digest(target))) {
            return null;
        }
        return source == null ? DriftClass.EXTRA : target == null ? DriftClass.MISSING : DriftClass.DIFFERENT;
    }

    private static String digest(@Nullable Content content) {
        return content == null ? Look.ABSENT : content.digest();
    }
}
