package io.plumbline.reconciler.work;

import io.plumbline.runtime.BatchHandler;
import io.plumbline.runtime.Received;
import io.plumbline.runtime.RetryLaterException;
import io.plumbline.stores.ReportTable;
import io.plumbline.stores.StoreUnavailableException;
import io.plumbline.topics.record.Report;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Keeps the reports of {@code reconciliation-report} in PostgreSQL too; while it is away they wait. */
record ReportKeeper(ReportTable table) implements BatchHandler<Report> {

    @Override
    public List<ProducerRecord<byte[], byte[]>> handle(List<Received<Report>> batch) {
        try {
            table.keep(batch.stream().map(Received::value).toList());
            return List.of();
        } catch (StoreUnavailableException away) {
            throw new RetryLaterException(away);
        }
    }
}
