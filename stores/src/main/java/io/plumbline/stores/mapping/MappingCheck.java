package io.plumbline.stores.mapping;

import com.fasterxml.jackson.core.JsonPointer;
import io.plumbline.topics.config.DatasetConfig;
import io.plumbline.topics.config.FieldConfig;
import io.plumbline.topics.config.KeyPartConfig;
import io.plumbline.topics.config.OutboxConfig;
import io.plumbline.topics.config.SourceConfig;
import io.plumbline.topics.config.SyncStatusConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes a mapping's parts and collects what is wrong with them: each error says where in the file and what would be right. */
final class MappingCheck {

    private final String path;
    private final DatasetConfig config;
    private final Map<String, SourceColumn> columns;
    private final Map<String, SourceColumn> outbox;
    private final List<String> errors = new ArrayList<>();

    MappingCheck(
            String dataset, DatasetConfig config, Map<String, SourceColumn> columns, Map<String, SourceColumn> outbox) {
        this.path = "datasets." + dataset;
        this.config = config;
        this.columns = columns;
        this.outbox = outbox;
    }

    List<KeyPart> key() {
        List<KeyPart> key = new ArrayList<>();
        for (int i = 0; i < config.key().size(); i++) {
            KeyPartConfig part = config.key().get(i);
            String at = ".key[" + i + "]";
            placed(at, part);
            SourceColumn column = column(at + ".source", part.source());
            if (column == null) {
                continue;
            }
            if (!possible(part.type(), column)) {
                error(
                        at + ".type",
                        "column " + column.name() + " is " + column.declared() + " and cannot be a key of type "
                                + part.type().name().toLowerCase(java.util.Locale.ROOT)
                                + "; declare text to use its text");
                continue;
            }
            try {
                key.add(new KeyPart(part, column));
            } catch (IllegalArgumentException e) {
                error(at + ".rewrite", String.valueOf(e.getMessage()).replace('\n', ' '));
            }
        }
        return key;
    }

    private void placed(String at, KeyPartConfig part) {
        if ((part.document() == null) == (part.element() == null)) {
            error(at, "exactly one of document and element says where the target holds it");
        } else if (part.element() != null && config.target().array() == null) {
            error(at + ".element", "target.array names the array whose elements hold it, and is missing");
        }
    }

    private static boolean possible(KeyPartConfig.Type type, SourceColumn column) {
        SourceType source = column.type();
        return switch (type) {
            case TEXT -> true;
            case INTEGER -> source == SourceType.INTEGER || source == SourceType.NUMERIC || source == SourceType.TEXT;
            case UUID -> source == SourceType.UUID || source == SourceType.TEXT;
            case DATE -> source == SourceType.DATE || source == SourceType.TEXT;
            case OBJECT_ID -> source == SourceType.BYTEA || source == SourceType.TEXT;
        };
    }

    List<FieldMapping> fields() {
        List<FieldMapping> fields = new ArrayList<>();
        Set<String> targets = new TreeSet<>();
        for (int i = 0; i < config.fields().size(); i++) {
            FieldConfig field = config.fields().get(i);
            String at = ".fields[" + i + "]";
            distinct(at, field.target(), targets);
            pointer(at, field.path());
            SourceColumn column = column(at + ".source", field.source());
            ComparedAs as = column == null ? null : ComparedAs.of(field, column);
            if (column != null && as == null) {
                error(at + ".type", unsupported(field, column));
            } else if (column != null && as != null) {
                try {
                    fields.add(new FieldMapping(field, column, as));
                } catch (IllegalArgumentException e) {
                    error(at, String.valueOf(e.getMessage()));
                }
            }
        }
        return fields;
    }

    private void distinct(String at, String target, Set<String> targets) {
        for (String other : targets) {
            if (other.equals(target) || other.startsWith(target + ".") || target.startsWith(other + ".")) {
                error(at + ".target", "'" + target + "' and '" + other + "' are the same place in the target");
            }
        }
        targets.add(target);
    }

    private void pointer(String at, @Nullable String pointer) {
        try {
            if (pointer != null && JsonPointer.compile(pointer).matches()) {
                error(at + ".path", "an empty path is the whole column; leave it out");
            }
        } catch (IllegalArgumentException e) {
            error(at + ".path", "'" + pointer + "' is not a JSON pointer; /debt_amount is one");
        }
    }

    private static String unsupported(FieldConfig field, SourceColumn column) {
        String what = "column " + column.name() + " is " + column.declared();
        if (field.path() != null) {
            return what + ", which holds no JSON; a path needs json, jsonb or text";
        }
        return field.type() == FieldConfig.Type.AUTO
                ? what + ", a type without a counterpart in MongoDB; declare text to compare its text"
                : what + " and cannot be compared as " + field.type().name().toLowerCase(java.util.Locale.ROOT)
                        + "; leave the type out to follow the column";
    }

    void finish() {
        SourceConfig source = config.source();
        for (int i = 0; i < source.primaryKey().size(); i++) {
            column(".source.primary-key[" + i + "]", source.primaryKey().get(i));
        }
        optional(".source.order", source.order());
        optional(".source.change-time", source.changeTime());
        SyncStatusConfig sync = config.syncStatus();
        optional(".sync-status.column", sync == null ? null : sync.column());
        OutboxConfig declared = config.outbox();
        if (declared != null) {
            outbox(declared);
        }
        if (!errors.isEmpty()) {
            throw new MappingException(errors);
        }
    }

    private void outbox(OutboxConfig declared) {
        optional(".outbox.source-column", declared.sourceColumn());
        outboxColumn("id", declared.id());
        outboxColumn("aggregate-type", declared.aggregateType());
        outboxColumn("aggregate-id", declared.aggregateId());
        outboxColumn("event-type", declared.eventType());
        outboxColumn("payload", declared.payload());
        outboxColumn("version", declared.version());
        outboxColumn("processed-at", declared.processedAt());
        outboxColumn("retry-count", declared.retryCount());
        outboxColumn("error", declared.error());
    }

    private void outboxColumn(String at, @Nullable String name) {
        OutboxConfig declared = config.outbox();
        if (declared != null && name != null && !outbox.containsKey(name)) {
            absent(".outbox." + at, name, "table " + declared.table(), outbox);
        }
    }

    private void optional(String at, @Nullable String name) {
        if (name != null) {
            column(at, name);
        }
    }

    private @Nullable SourceColumn column(String at, String name) {
        SourceColumn column = columns.get(name);
        if (column == null) {
            String table = config.source().table();
            absent(at, name, table == null ? "the source query" : "table " + table, columns);
        }
        return column;
    }

    private void absent(String at, String name, String where, Map<String, SourceColumn> there) {
        String known = String.join(", ", new TreeSet<>(there.keySet()));
        error(at, "there is no column '" + name + "' in " + where + "; there are " + known);
    }

    private void error(String at, String what) {
        errors.add(path + at + ": " + what);
    }
}
