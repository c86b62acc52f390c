package io.plumbline.stores.mapping;

import io.plumbline.stores.Content;
import io.plumbline.stores.EntityComparer;
import io.plumbline.stores.SourceEntity;
import io.plumbline.stores.TargetEntity;
import io.plumbline.topics.record.DriftClass;
import io.plumbline.topics.record.FieldDifference;
import io.plumbline.topics.record.Look;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Compares the contents of one entity as its mapping declares, and says what a look at both sides showed. */
public final class MappedComparer implements EntityComparer {

    private final Supplier<DatasetMapping> mapping;

    public MappedComparer(Supplier<DatasetMapping> mapping) {
        this.mapping = mapping;
    }

    @Override
    public Look compare(SourceEntity source, TargetEntity target) {
        String unreadable = unreadable(source, target);
        if (unreadable != null) {
            return look(null, source, target, List.of(), unreadable);
        }
        Content truth = source.content();
        Content copy = target.content();
        if (truth == null || copy == null) {
            return look(oneSided(truth, copy), source, target, List.of(), null);
        }
        List<FieldDifference> differences =
                mapping.get().differences(((SourceContent) truth).values(), ((TargetContent) copy).values());
        return look(differences.isEmpty() ? null : DriftClass.DIFFERENT, source, target, differences, null);
    }

    private static @Nullable String unreadable(SourceEntity source, TargetEntity target) {
        if (source.unreadable() != null) {
            return "source: " + source.unreadable();
        }
        return target.unreadable() == null ? null : "target: " + target.unreadable();
    }

    private static @Nullable DriftClass oneSided(@Nullable Content source, @Nullable Content target) {
        if (source == null && target == null) {
            return null;
        }
        return source == null ? DriftClass.EXTRA : DriftClass.MISSING;
    }

    private static Look look(
            @Nullable DriftClass drift,
            SourceEntity source,
            TargetEntity target,
            List<FieldDifference> differences,
            @Nullable String unreadable) {
        return new Look(
                drift,
                digest(source.content()),
                source.order(),
                digest(target.content()),
                differences,
                source.pending(),
                unreadable);
    }

    private static String digest(@Nullable Content content) {
        return content == null ? Look.ABSENT : content.digest();
    }
}
