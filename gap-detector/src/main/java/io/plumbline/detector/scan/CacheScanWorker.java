package io.plumbline.detector.scan;

import io.plumbline.runtime.BatchHandler;
import io.plumbline.runtime.BatchTraces;
import io.plumbline.runtime.Received;
import io.plumbline.stores.WorkGuard;
import io.plumbline.stores.cache.CacheScanner;
import io.plumbline.stores.cache.ExpectedSeries;
import io.plumbline.stores.cache.ScannedSeries;
import io.plumbline.topics.Topics;
import io.plumbline.topics.log.LogFields;
import io.plumbline.topics.record.AnswerStatus;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.Timeframe;
import io.plumbline.topics.record.Work.ExpectedSlots;
import io.plumbline.topics.record.Work.ScanCache;
import io.plumbline.topics.record.WorkAnswer;
import io.plumbline.topics.record.WorkCommand;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * {@code cache-scans} to {@code cache-scan-answers}: holds the cache against what it should hold. What has expired is not
 * done; a cache that is away proves nothing; what fails for a reason of its own is answered with that reason.
 */
final class CacheScanWorker implements BatchHandler<WorkCommand> {

    private final CacheScanner scanner;
    private final Topics topics;
    private final WorkGuard guard;
    private final CacheScanMetrics metrics;

    CacheScanWorker(CacheScanner scanner, Topics topics, Clock clock, CacheScanMetrics metrics) {
        this.scanner = scanner;
        this.topics = topics;
        this.guard = new WorkGuard(clock);
        this.metrics = metrics;
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> handle(List<Received<WorkCommand>> batch) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(batch.size());
        BatchTraces traces = BatchTraces.of(batch, WorkCommand::runId);
        for (Received<WorkCommand> received : batch) {
            WorkAnswer answer = traced(received);
            metrics.scanned(answer);
            records.add(traces.on(topics.cacheScanAnswers.toRecord(answer.group(), answer), answer.runId()));
        }
        return records;
    }

    private WorkAnswer traced(Received<WorkCommand> received) {
        try (LogFields.Traced traced = LogFields.traced(received.trace())) {
            return answer(received.value());
        }
    }

    WorkAnswer answer(WorkCommand command) {
        return guard.answer(command, () -> attempt(command));
    }

    private WorkAnswer attempt(WorkCommand command) {
        return command.work() instanceof ScanCache scan
                ? scanned(command, scan)
                : WorkAnswer.without(
                        command,
                        AnswerStatus.FAILED,
                        "a " + command.work().getClass().getSimpleName()
                                + " is no scan of the cache; right is a ScanCache");
    }

    private WorkAnswer scanned(WorkCommand command, ScanCache scan) {
        List<ExpectedSeries> expected =
                scan.series().stream().map(CacheScanWorker::expected).toList();
        List<ScannedSeries> found = scan.thorough() ? scanner.thoroughly(expected) : scanner.quickly(expected);
        ScanTally tally = new ScanTally(ScanTally.MOST_GAPS);
        for (int i = 0; i < found.size(); i++) {
            tally.add(scan.series().get(i), found.get(i));
        }
        return tally.answer(command, scan.thorough());
    }

    private static ExpectedSeries expected(ExpectedSlots slots) {
        Timeframe timeframe = Timeframe.parse(slots.series().timeframe());
        Set<Long> empty =
                slots.empty().stream().flatMap(range -> range.slots().boxed()).collect(Collectors.toSet());
        Map<Long, Candle> known = new HashMap<>();
        slots.known().forEach(candle -> known.put(timeframe.slotOf(candle.openTime()), candle));
        return new ExpectedSeries(slots.series(), slots.first(), slots.last(), empty, known);
    }
}
