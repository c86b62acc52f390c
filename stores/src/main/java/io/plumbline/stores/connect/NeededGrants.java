package io.plumbline.stores.connect;

import io.plumbline.stores.postgres.QuotedName;
import io.plumbline.topics.config.CleanUpConfig;
import io.plumbline.topics.config.DatasetConfig;
import io.plumbline.topics.config.OutboxConfig;
import io.plumbline.topics.config.PlumblineConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an app's role must be allowed to in PostgreSQL. */
final class NeededGrants {

    /**
     * One privilege on a table.
     *
     * @param table quoted
     * @param column of which it is needed; {@code null} for the whole table
     */
    record Grant(String table, String privilege, @Nullable String column) {}

    private NeededGrants() {}

    /** Those on Plumbline's own tables. */
    static List<Grant> own(PlumblineConfig config, StoreUse use) {
        String schema = QuotedName.of(config.postgres().schema()) + ".";
        return switch (use) {
            case RECONCILE ->
                List.of(
                        new Grant(schema + "repairs", "SELECT", null),
                        new Grant(schema + "reconciliation_reports", "SELECT", null),
                        new Grant(schema + "reconciliation_reports", "INSERT", null),
                        new Grant(schema + "reconciliation_reports", "UPDATE", null));
            case REPAIR ->
                List.of(
                        new Grant(schema + "repairs", "SELECT", null),
                        new Grant(schema + "repairs", "INSERT", null),
                        new Grant(schema + "repairs", "UPDATE", null));
        };
    }

    /** Those on the application's tables. */
    static List<Grant> of(DatasetConfig dataset, StoreUse use) {
        List<Grant> grants = new ArrayList<>();
        String source = dataset.source().table();
        if (source != null) {
            grants.add(new Grant(QuotedName.ofTable(source), "SELECT", null));
        }
        OutboxConfig outbox = dataset.outbox();
        if (outbox == null) {
            return grants;
        }
        grants.add(new Grant(QuotedName.ofTable(outbox.table()), "SELECT", null));
        if (use == StoreUse.RECONCILE) {
            marks(grants, dataset, outbox);
            cleanUp(grants, dataset.cleanUp(), outbox);
        }
        return grants;
    }

    private static void marks(List<Grant> grants, DatasetConfig dataset, OutboxConfig outbox) {
        Arrays.asList(outbox.processedAt(), outbox.retryCount(), outbox.error()).stream()
                .filter(Objects::nonNull)
                .forEach(column -> grants.add(new Grant(QuotedName.ofTable(outbox.table()), "UPDATE", column)));
        String source = dataset.source().table();
        if (dataset.syncStatus() != null && source != null) {
            grants.add(new Grant(
                    QuotedName.ofTable(source), "UPDATE", dataset.syncStatus().column()));
        }
    }

    /** Rows are locked before they are deleted, which takes the right to update a column. */
    private static void cleanUp(List<Grant> grants, @Nullable CleanUpConfig cleanUp, OutboxConfig outbox) {
        if (cleanUp == null) {
            return;
        }
        grants.add(new Grant(QuotedName.ofTable(outbox.table()), "DELETE", null));
        if (cleanUp.idempotencyTable() != null && cleanUp.idempotencyExpiresAt() != null) {
            String keys = QuotedName.ofTable(cleanUp.idempotencyTable());
            grants.add(new Grant(keys, "SELECT", null));
            grants.add(new Grant(keys, "DELETE", null));
            grants.add(new Grant(keys, "UPDATE", cleanUp.idempotencyExpiresAt()));
        }
    }
}
