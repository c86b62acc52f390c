package io.plumbline.stores.scan;

import io.plumbline.stores.mapping.KeyPart;
import io.plumbline.stores.postgres.SourceSelect;
import io.plumbline.topics.config.KeyPartConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** SQL over the entity keys of a source, one column per key part. */
final class SourceKeys {

    private final SourceSelect select;
    private final String dataset;
    private final @Nullable String changeTime;
    private final List<String> parts = new ArrayList<>();
    private final List<String> usable = new ArrayList<>();
    private final List<String> unusable = new ArrayList<>();

    SourceKeys(DatasetSides sides) {
        select = sides.select();
        dataset = sides.dataset();
        changeTime = sides.config().source().changeTime();
        List<KeyPart> key = sides.mapping().key();
        for (int i = 0; i < key.size(); i++) {
            String part = select.key(i);
            boolean text = key.get(i).config().type() == KeyPartConfig.Type.TEXT;
            parts.add(part);
            String length = "octet_length(" + part + ")";
            usable.add(text ? length + " BETWEEN 1 AND " + KeyPart.LONGEST : part + " IS NOT NULL");
            unusable.add(text ? "coalesce(" + length + ", 0) NOT BETWEEN 1 AND " + KeyPart.LONGEST : part + " IS NULL");
        }
    }

    /** A page of distinct keys after one, in the order of the key's own columns. */
    String page(String condition, List<String> after, int size) {
        List<String> conditions = new ArrayList<>();
        if (!condition.isEmpty()) {
            conditions.add(condition);
        }
        usable.forEach(conditions::add);
        if (!after.isEmpty()) {
            conditions.add("(" + String.join(", ", parts) + ") > ("
                    + after.stream().map(SourceSelect::literal).collect(Collectors.joining(", ")) + ")");
        }
        String columns = String.join(", ", parts);
        return "SELECT DISTINCT " + columns + " FROM " + select.from() + " WHERE " + String.join(" AND ", conditions)
                + " ORDER BY " + columns + " LIMIT " + size;
    }

    /** Rows without a usable key. */
    String unusable() {
        return "(" + String.join(" OR ", unusable) + ")";
    }

    /** Rows changed since then; a column without a zone is read as UTC. */
    String changedSince(Instant since) {
        if (changeTime == null) {
            throw new IllegalArgumentException("dataset '" + dataset
                    + "' declares no change-time column, so what changed within a window is not known: "
                    + "run it in full, or declare source.change-time");
        }
        return select.column(changeTime) + " >= " + SourceSelect.literal(since.toString());
    }
}
