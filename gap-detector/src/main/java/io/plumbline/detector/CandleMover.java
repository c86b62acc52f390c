package io.plumbline.detector;

import io.plumbline.topics.record.Candle;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Writes candles that are not on their key's partition to it, because whoever wrote them partitions otherwise. */
record CandleMover(
        ProcessorContext<String, Object> context, int partitions, SeriesOutlet outlet, GapDetectorMetrics metrics) {

    private static final String MOVED = "plumbline-moved";

    /** Whether two tasks would share the series. */
    boolean isElsewhere(String series) {
        int hash = Utils.toPositive(Utils.murmur2(series.getBytes(StandardCharsets.UTF_8)));
        return hash % partitions != context.taskId().partition();
    }

    void move(Record<String, Candle> record) {
        if (record.headers().lastHeader(MOVED) != null) {
            outlet.refuse(record, "the record came back to a partition that is not its key's");
            return;
        }
        metrics.moved().increment();
        Record<String, Object> moved = record.withValue((Object) record.value());
        moved.headers().add(MOVED, new byte[0]);
        context.forward(moved, SeriesTopology.TO_CANDLES);
    }
}
