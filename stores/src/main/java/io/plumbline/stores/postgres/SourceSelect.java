package io.plumbline.stores.postgres;

import io.plumbline.stores.mapping.DatasetMapping;
import io.plumbline.stores.mapping.KeyPart;
import io.plumbline.stores.mapping.SourceColumn;
import io.plumbline.topics.config.OutboxConfig;
import io.plumbline.topics.config.SourceConfig;
import io.plumbline.topics.record.EntityKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The SQL of one dataset's source. The source is always aliased {@code s}. Statements have no parameters (they travel
 * by COPY), so values are literals: {@link Sql#literal} quotes them.
 */
public final class SourceSelect {

    private final DatasetMapping mapping;
    private final SelectList list;

    public SourceSelect(DatasetMapping mapping) {
        this.mapping = mapping;
        this.list = new SelectList(mapping);
    }

    SelectList list() {
        return list;
    }

    /** {@code "schema"."table" s} or {@code (query) s}. */
    public String from() {
        return relation(mapping.config().source()) + " s";
    }

    /** The source without its alias. */
    public static String relation(SourceConfig source) {
        String table = source.table();
        return table == null ? "(" + source.query() + ")" : QuotedName.ofTable(table);
    }

    /** The quoted column, {@code s."name"}. */
    public String column(String name) {
        return "s." + QuotedName.of(name);
    }

    /**
     * The SQL of a key part in canonical form: the bare column where the part is plain, otherwise an expression that
     * gives the canonical text ({@code bigint} for INTEGER), null where the row's value is no key.
     */
    public String key(int part) {
        return list.key().get(part).canonical();
    }

    /** Whether at most one row can have a key: then nothing is grouped. */
    public boolean oneRowPerKey() {
        List<String> columns = mapping.key().stream()
                .filter(KeyPart::direct)
                .map(part -> part.column().name())
                .toList();
        List<String> primaryKey = mapping.config().source().primaryKey();
        return !primaryKey.isEmpty() && columns.size() == mapping.key().size() && columns.containsAll(primaryKey);
    }

    /**
     * The newest row of each entity whose rows meet the condition (all rows of an entity meet it or none does: it is
     * about the key), ready for {@link SourceCursor}.
     *
     * @param condition SQL over {@code s}, such as {@code s."id" > 5 AND s."id" <= 9}; empty for all
     * @param orderedByKey whether the rows must come in the order of the key ({@code COLLATE "C"} for text parts)
     */
    public String entities(String condition, boolean orderedByKey) {
        String where = condition.isEmpty() ? "" : " WHERE " + condition;
        String columns = String.join(", ", list.expressions());
        if (oneRowPerKey()) {
            String order = orderedByKey ? " ORDER BY " + ordered() : "";
            return "SELECT " + columns + " FROM " + from() + where + order;
        }
        return "SELECT DISTINCT ON (" + ordered() + ") " + columns + " FROM " + from() + where + " ORDER BY "
                + ordered()
                + newest().stream()
                        .map(name -> ", " + column(name) + " DESC NULLS LAST")
                        .collect(Collectors.joining());
    }

    /** Every entity that has a row which meets the condition, with its newest row of all. */
    public String entitiesWithRow(String condition) {
        if (oneRowPerKey()) {
            return entities(condition, false);
        }
        String keys =
                IntStream.range(0, mapping.key().size()).mapToObj(this::key).collect(Collectors.joining(", "));
        return entities("(" + keys + ") IN (SELECT " + keys + " FROM " + from() + " WHERE " + condition + ")", false);
    }

    /** The key's expressions in its binary order. */
    private String ordered() {
        return list.key().stream().map(SourceSelect::binary).collect(Collectors.joining(", "));
    }

    private static String binary(KeySql part) {
        boolean isText = !part.part().isNumber()
                && (!part.part().plain() || part.part().column().isText());
        return isText ? "(" + part.canonical() + ") COLLATE \"C\"" : part.canonical();
    }

    /** The columns by which the newest of an entity's rows is known, the last first. */
    private List<String> newest() {
        SourceConfig source = mapping.config().source();
        List<String> columns = new ArrayList<>();
        if (source.order() != null) {
            columns.add(source.order());
        }
        columns.addAll(source.primaryKey());
        return columns;
    }

    /** The newest row of each of these entities; with an outbox, its pending rows too, in the same snapshot. */
    public String entities(Collection<EntityKey> keys) {
        OutboxConfig outbox = mapping.config().outbox();
        return outbox == null ? entities(matching(keys), false) : withPending(matching(keys), outbox);
    }

    /** The condition that rows belong to these entities. */
    public String matching(Collection<EntityKey> keys) {
        List<EntityKey> possible = keys.stream().filter(this::canExist).toList();
        if (possible.isEmpty()) {
            return "false";
        }
        List<KeySql> parts = list.key();
        List<String> arrays = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            int part = i;
            arrays.add(parts.get(i)
                    .array(possible.stream().map(key -> key.parts().get(part)).toList()));
        }
        if (parts.size() == 1) {
            return parts.get(0).lookedUp() + " = ANY (" + arrays.get(0) + ")";
        }
        String looked = parts.stream().map(KeySql::lookedUp).collect(Collectors.joining(", "));
        return "(" + looked + ") IN (SELECT * FROM unnest(" + String.join(", ", arrays) + "))";
    }

    /** The column as text and the key parts' own texts, of the rows with these values of the column. */
    String keysOf(String name, Collection<String> values) {
        SourceColumn source = Objects.requireNonNull(mapping.columns().get(name));
        String keys = list.key().stream().map(part -> part.raw() + "::text").collect(Collectors.joining(", "));
        List<String> possible = values.stream()
                .filter(value -> value.indexOf('\0') < 0 && KeySql.canMeet(KeySql.lookupType(source), value))
                .toList();
        String type = KeySql.lookupType(source);
        String condition = type == null
                ? column(name) + "::text = ANY (" + Sql.array(possible, "text") + ")"
                : column(name) + " = ANY (" + Sql.array(possible, type) + ")";
        return "SELECT " + column(name) + "::text, " + keys + " FROM " + from() + " WHERE " + condition;
    }

    private boolean canExist(EntityKey key) {
        if (!mapping.canExist(key)) {
            return false;
        }
        for (int i = 0; i < key.parts().size(); i++) {
            if (!list.key().get(i).canMeet(key.parts().get(i))) {
                return false;
            }
        }
        return true;
    }

    private String withPending(String condition, OutboxConfig outbox) {
        List<String> columns = new ArrayList<>();
        List<String> expressions = list.expressions();
        for (int i = 0; i < expressions.size(); i++) {
            columns.add(expressions.get(i) + " AS c" + i);
        }
        List<String> newest = newest();
        for (int i = 0; i < newest.size(); i++) {
            columns.add("s." + QuotedName.of(newest.get(i)) + " AS n" + i);
        }
        columns.add("s." + QuotedName.of(outbox.sourceColumn()) + " AS x");
        String keys = numbered("c", mapping.key().size(), "");
        String retries =
                outbox.retryCount() == null ? "0" : "coalesce(x." + QuotedName.of(outbox.retryCount()) + ", 0)";
        return "WITH r AS MATERIALIZED (SELECT " + String.join(", ", columns) + " FROM " + from() + " WHERE "
                + condition + "), p AS (SELECT " + keys + ", jsonb_agg(DISTINCT jsonb_build_array(x."
                + QuotedName.of(outbox.id()) + "::text, " + retries + "))::text AS pending FROM r JOIN "
                + QuotedName.ofTable(outbox.table()) + " x ON " + joined(outbox) + " WHERE " + unprocessed(outbox)
                + " GROUP BY "
                + keys + ") SELECT DISTINCT ON (" + keys + ") " + numbered("c", expressions.size(), "")
                + ", p.pending FROM r LEFT JOIN p USING (" + keys + ") ORDER BY " + keys
                + (newest.isEmpty() ? "" : ", " + numbered("n", newest.size(), " DESC NULLS LAST"));
    }

    private static String numbered(String name, int count, String after) {
        return IntStream.range(0, count).mapToObj(i -> name + i + after).collect(Collectors.joining(", "));
    }

    /** The condition that an outbox row {@code x} belongs to this dataset and is not processed. */
    public static String unprocessed(OutboxConfig outbox) {
        String open = "x." + QuotedName.of(outbox.processedAt()) + " IS NULL";
        String type = outbox.aggregateType();
        String value = outbox.aggregateTypeValue();
        return type == null || value == null
                ? open
                : open + " AND x." + QuotedName.of(type) + "::text = " + Sql.literal(value);
    }

    /** Compares the columns themselves where their types meet, so that an index on the outbox's is used. */
    private String joined(OutboxConfig outbox) {
        SourceColumn aggregate = Objects.requireNonNull(mapping.outbox().get(outbox.aggregateId()));
        SourceColumn source = Objects.requireNonNull(mapping.columns().get(outbox.sourceColumn()));
        String left = "x." + QuotedName.of(aggregate.name());
        String right = "r.x";
        boolean alike = aggregate.declared().equals(source.declared())
                || (aggregate.isText() && source.isText())
                || (aggregate.type() != null
                        && aggregate.type() == source.type()
                        && !aggregate.type().wire().equals("text"));
        if (alike) {
            return left + " = " + right;
        }
        return (aggregate.isText() ? left : left + "::text") + " = " + right + "::text";
    }

    public static String literal(String text) {
        return Sql.literal(text);
    }
}
