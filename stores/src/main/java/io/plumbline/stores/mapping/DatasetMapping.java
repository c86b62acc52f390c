package io.plumbline.stores.mapping;

import io.plumbline.stores.Content;
import io.plumbline.stores.EntityComparer;
import io.plumbline.topics.config.DatasetConfig;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.FieldDifference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The one owner of a dataset's mapping, made from its configuration and the types of the source's columns: which cells
 * a row and a document have, how they are normalised and compared, what a repair writes, and how entity keys are made
 * and taken apart. Comparer, scanner and repairer all use this object.
 */
public final class DatasetMapping {

    private final String dataset;
    private final DatasetConfig config;
    private final Map<String, SourceColumn> columns;
    private final Map<String, SourceColumn> outbox;
    private final List<KeyPart> key;
    private final List<FieldMapping> fields;
    private final FieldComparison[] comparisons;
    private final Map<String, Integer> cells;

    private DatasetMapping(
            String dataset,
            DatasetConfig config,
            Map<String, SourceColumn> columns,
            Map<String, SourceColumn> outbox,
            List<KeyPart> key,
            List<FieldMapping> fields) {
        this.dataset = dataset;
        this.config = config;
        this.columns = Map.copyOf(columns);
        this.outbox = Map.copyOf(outbox);
        this.key = List.copyOf(key);
        this.fields = List.copyOf(fields);
        this.comparisons = fields.stream().map(FieldComparison::new).toArray(FieldComparison[]::new);
        this.cells = IntStream.range(0, fields.size())
                .boxed()
                .collect(Collectors.toMap(i -> fields.get(i).config().target(), i -> i));
    }

    /**
     * @param columns of the source, by name
     * @param outbox columns of the outbox table, by name; empty where the dataset has none
     * @throws MappingException with everything that does not fit
     */
    public static DatasetMapping of(
            String dataset, DatasetConfig config, Map<String, SourceColumn> columns, Map<String, SourceColumn> outbox) {
        MappingCheck check = new MappingCheck(dataset, config, columns, outbox);
        List<KeyPart> key = check.key();
        List<FieldMapping> fields = check.fields();
        check.finish();
        return new DatasetMapping(dataset, config, columns, outbox, key, fields);
    }

    public String dataset() {
        return dataset;
    }

    public DatasetConfig config() {
        return config;
    }

    /** The source's columns by name. */
    public Map<String, SourceColumn> columns() {
        return columns;
    }

    /** The outbox table's columns by name. */
    public Map<String, SourceColumn> outbox() {
        return outbox;
    }

    public List<KeyPart> key() {
        return key;
    }

    public List<FieldMapping> fields() {
        return fields;
    }

    /** The entity of canonical key cells; {@code null} where a part is null or empty. */
    public @Nullable EntityKey entity(Cells keys) {
        String[] parts = new String[key.size()];
        for (int i = 0; i < parts.length; i++) {
            if (keys.isNull(i) || (keys.kind(i) == Cell.TEXT && keys.length(i) == 0)) {
                return null;
            }
            parts[i] = key.get(i).text(keys, i);
        }
        return new EntityKey(dataset, Arrays.asList(parts));
    }

    /** Puts an entity's parts into key cells; false where a part cannot be one of this dataset (it exists nowhere). */
    public boolean cells(EntityKey entity, Cells keys) {
        if (entity.parts().size() != key.size()) {
            return false;
        }
        for (int i = 0; i < key.size(); i++) {
            if (!key.get(i).set(keys, i, entity.parts().get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether an entity of that key can exist. */
    public boolean canExist(EntityKey entity) {
        return cells(entity, new Cells(key.size()));
    }

    /** Whether two rows of normalised values are equal as declared; the fast way, no differences are made. */
    public boolean same(Cells source, Cells target) {
        for (int i = 0; i < comparisons.length; i++) {
            if (!comparisons[i].same(source, target, i)) {
                return false;
            }
        }
        return true;
    }

    public EntityComparer comparer() {
        return new MappedComparer(() -> this);
    }

    List<FieldDifference> differences(Cells source, Cells target) {
        List<FieldDifference> differences = new ArrayList<>();
        for (int i = 0; i < comparisons.length; i++) {
            if (!comparisons[i].same(source, target, i)) {
                differences.add(comparisons[i].difference(source, target, i));
            }
        }
        return differences;
    }

    /** Makes the natural cells of a source row what their fields are compared as. Returns why that cannot be. */
    public @Nullable String convertSource(Cells natural) {
        for (int i = 0; i < comparisons.length; i++) {
            FieldMapping field = fields.get(i);
            String reason = field.convert(natural, i);
            if (reason == null) {
                reason = PlannedValue.impossible(field, natural, i);
            }
            if (reason != null) {
                return "column " + field.config().source() + " for "
                        + field.config().target() + ": " + reason;
            }
        }
        return null;
    }

    /** Takes away from converted source cells what does not matter. */
    public void normaliseSource(Cells converted) {
        for (int i = 0; i < comparisons.length; i++) {
            fields.get(i).normaliseSource(converted, i);
        }
    }

    /** Takes away from a target's natural cells what does not matter. */
    public void normaliseTarget(Cells natural) {
        for (int i = 0; i < comparisons.length; i++) {
            fields.get(i).normaliseTarget(natural, i);
        }
    }

    /** Makes the natural cells of the key parts that a document holds canonical. Returns why they are no key of this dataset. */
    public @Nullable String normaliseTargetDocumentKey(Cells keys) {
        return normaliseTargetKey(keys, false);
    }

    /** The same for the parts that an element of its array holds. */
    public @Nullable String normaliseTargetElementKey(Cells keys) {
        return normaliseTargetKey(keys, true);
    }

    private @Nullable String normaliseTargetKey(Cells keys, boolean inElement) {
        String reason = null;
        for (int i = 0; i < key.size(); i++) {
            if (key.get(i).inElement() == inElement) {
                String wrong = key.get(i).normaliseTarget(keys, i);
                reason = reason == null ? wrong : reason;
            }
        }
        return reason;
    }

    /** A source row's content, of its converted cells (copied). */
    public SourceContent source(Cells converted) {
        Cells kept = converted.copy();
        Cells values = converted.copy();
        normaliseSource(values);
        return new SourceContent(this, kept, values);
    }

    /** A target's content, of its fields as they are stored, by declared target field, and their normalised cells (copied). */
    public TargetContent target(BsonDocument flat, Cells normalised) {
        return new TargetContent(flat, normalised.copy());
    }

    /** The same of the fields alone: by way of bytes, so that there is one reader of BSON. */
    TargetContent target(BsonDocument flat) {
        Cells values = new Cells(fields.size());
        byte[] bytes = BsonCells.bytes(flat);
        int at = 4;
        while (bytes[at] != 0) {
            int value = BsonCells.nameEnd(bytes, at + 1) + 1;
            Integer cell = cells.get(new String(bytes, at + 1, value - at - 2, StandardCharsets.UTF_8));
            if (cell != null) {
                BsonCells.set(values, cell, bytes[at], bytes, value);
            }
            at = BsonCells.after(bytes[at], bytes, value);
        }
        normaliseTarget(values);
        return new TargetContent(flat, values);
    }

    TargetContent planned(Cells converted) {
        BsonDocument planned = new BsonDocument();
        for (int i = 0; i < fields.size(); i++) {
            BsonValue value = PlannedValue.of(fields.get(i), converted, i);
            if (value != null) {
                planned.put(fields.get(i).config().target(), value);
            }
        }
        return target(planned);
    }

    /** Content from {@link TargetContent#json()}. */
    public TargetContent parse(String json) {
        return target(BsonDocument.parse(json));
    }

    /**
     * What to set so that the observed fields become the planned ones: fields that compare as equal are left as they
     * are, a number keeps the type it has where that loses nothing. An absent planned field is a {@code null} value.
     */
    public List<FieldChange> changes(Content observed, Content planned) {
        TargetContent from = (TargetContent) observed;
        TargetContent to = (TargetContent) planned;
        List<FieldChange> changes = new ArrayList<>();
        for (int i = 0; i < comparisons.length; i++) {
            if (!comparisons[i].same(from.values(), to.values(), i)) {
                String name = fields.get(i).config().target();
                BsonValue value = to.fields().get(name);
                changes.add(new FieldChange(
                        name,
                        value == null ? null : PlannedValue.like(from.fields().get(name), value)));
            }
        }
        return changes;
    }

    /** A field to write; {@code null} to take it away. */
    public record FieldChange(String field, @Nullable BsonValue value) {}
}
