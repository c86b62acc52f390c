package io.plumbline.stores.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.stores.OutboxTable.Page;
import io.plumbline.stores.OutboxTable.Reference;
import io.plumbline.stores.OutboxTable.Resolution;
import io.plumbline.stores.postgres.QuotedName;
import io.plumbline.stores.postgres.Transactions;
import io.plumbline.topics.config.OutboxConfig;
import io.plumbline.topics.json.Json;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.OutboxRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pages of unprocessed rows below their retry limit, in the order of their ids; the cursor is the last id as text. */
final class OutboxPages {

    private record Row(OutboxRow row, Reference reference) {}

    private final OutboxConfig outbox;
    private final Transactions transactions;
    private final ColumnTypes types;
    private final OutboxEntities entities;

    OutboxPages(OutboxConfig outbox, Transactions transactions, ColumnTypes types, OutboxEntities entities) {
        this.outbox = outbox;
        this.transactions = transactions;
        this.types = types;
        this.entities = entities;
    }

    Page unprocessed(@Nullable String cursor, int limit) {
        List<Row> rows = transactions.each(connection -> read(connection, cursor, limit));
        List<Resolution> resolutions =
                entities.resolve(rows.stream().map(Row::reference).toList());
        Map<OutboxRow, EntityKey> resolved = new LinkedHashMap<>();
        Map<OutboxRow, String> unresolved = new LinkedHashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            OutboxRow row = rows.get(i).row();
            EntityKey entity = resolutions.get(i).entity();
            if (entity == null) {
                unresolved.put(row, String.valueOf(resolutions.get(i).reason()));
            } else {
                resolved.put(row, entity);
            }
        }
        return new Page(
                resolved,
                unresolved,
                rows.size() < limit ? null : rows.getLast().row().id());
    }

    private List<Row> read(Connection connection, @Nullable String cursor, int limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql(connection, cursor != null))) {
            int parameter = 1;
            if (outbox.aggregateType() != null && outbox.aggregateTypeValue() != null) {
                statement.setString(parameter++, outbox.aggregateTypeValue());
            }
            if (cursor != null) {
                statement.setString(parameter++, cursor);
            }
            statement.setInt(parameter, limit);
            List<Row> rows = new ArrayList<>();
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    rows.add(new Row(
                            new OutboxRow(found.getString(1), found.getInt(4)),
                            new Reference(found.getString(2), json(found.getString(3)))));
                }
            }
            return rows;
        }
    }

    private String sql(Connection connection, boolean further) throws SQLException {
        // Qualified, since ORDER BY would otherwise mean the selected text.
        String id = "o." + QuotedName.of(outbox.id());
        String retries = outbox.retryCount() == null ? "0" : "coalesce(" + QuotedName.of(outbox.retryCount()) + ", 0)";
        StringBuilder sql = new StringBuilder("SELECT ")
                .append(id)
                .append("::text, coalesce(")
                .append(QuotedName.of(outbox.aggregateId()))
                .append("::text, ''), ")
                .append(outbox.payload() == null ? "NULL" : QuotedName.of(outbox.payload()) + "::text")
                .append(", ")
                .append(retries)
                .append(" FROM ")
                .append(QuotedName.ofTable(outbox.table()))
                .append(" o WHERE ")
                .append(QuotedName.of(outbox.processedAt()))
                .append(" IS NULL AND ")
                .append(retries)
                .append(" < ")
                .append(outbox.maxRetries());
        if (outbox.aggregateType() != null && outbox.aggregateTypeValue() != null) {
            sql.append(" AND ").append(QuotedName.of(outbox.aggregateType())).append("::text = ?");
        }
        if (further) {
            String type = types.of(connection, outbox.table(), outbox.id());
            sql.append(" AND ").append(id).append(" > CAST(? AS ").append(type).append(')');
        }
        return sql.append(" ORDER BY ").append(id).append(" LIMIT ?").toString();
    }

    /** A payload that is no JSON gives no key; its row is resolved through the source like one without a payload. */
    private static @Nullable JsonNode json(@Nullable String payload) {
        try {
            return payload == null ? null : Json.MAPPER.readTree(payload);
        } catch (JsonProcessingException notJson) {
            return null;
        }
    }
}
