package io.plumbline.stores.outbox;

import io.plumbline.stores.OutboxTable;
import io.plumbline.stores.SourceEntity;
import io.plumbline.stores.SourceRows;
import io.plumbline.stores.postgres.Transactions;
import io.plumbline.topics.config.DatasetConfig;
import io.plumbline.topics.config.OutboxConfig;
import io.plumbline.topics.record.OutboxRow;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** One dataset's rows of an outbox table in PostgreSQL. */
public final class PostgresOutboxTable implements OutboxTable {

    private final OutboxEntities entities;
    private final OutboxPages pages;
    private final OutboxColumns columns;
    private final OutboxMarks marks;
    private final OutboxFailures failures;
    private final OutboxCleanUp cleanUp;

    public PostgresOutboxTable(
            String dataset, DatasetConfig config, OutboxConfig outbox, DataSource database, SourceRows source) {
        Transactions transactions = new Transactions(database);
        ColumnTypes types = new ColumnTypes();
        entities = new OutboxEntities(dataset, config, outbox, source);
        pages = new OutboxPages(outbox, transactions, types, entities);
        columns = new OutboxColumns(config, outbox, transactions, types);
        marks = new OutboxMarks(config, outbox, transactions, types);
        failures = new OutboxFailures(outbox, transactions, types);
        cleanUp = new OutboxCleanUp(outbox, config.cleanUp(), transactions, types);
    }

    @Override
    public List<Resolution> resolve(List<Reference> references) {
        return entities.resolve(references);
    }

    @Override
    public void verifyMarks() {
        columns.verify();
        marks.verify();
    }

    @Override
    public Page unprocessed(@Nullable String cursor, int limit) {
        return pages.unprocessed(cursor, limit);
    }

    @Override
    public int markProcessed(List<SourceEntity> seen) {
        return marks.processed(seen);
    }

    @Override
    public int markFailed(List<OutboxRow> rows, String error) {
        return failures.record(rows, error);
    }

    @Override
    public int deleteProcessed(Duration age, int limit) {
        return cleanUp.processed(age, limit);
    }

    @Override
    public int deleteExpiredKeys(int limit) {
        return cleanUp.expiredKeys(limit);
    }
}
