package io.plumbline.detector.scan;

import io.plumbline.runtime.BatchHandler;
import io.plumbline.runtime.Received;
import io.plumbline.stores.StoreUnavailableException;
import io.plumbline.stores.cache.CacheScanner;
import io.plumbline.stores.cache.ExpectedSeries;
import io.plumbline.stores.cache.ScannedSeries;
import io.plumbline.topics.Topics;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code cache-scans} to {@code cache-scan-answers}: holds the cache against what it should hold. What has expired is not
 * done; a cache that is away proves nothing; what fails for a reason of its own is answered with that reason.
 */
final class CacheScanWorker implements BatchHandler<WorkCommand> {

    private static final Logger LOG = LoggerFactory.getLogger(CacheScanWorker.class);

    private final CacheScanner scanner;
    private final Topics topics;
    private final Clock clock;
    private final CacheScanMetrics metrics;

    CacheScanWorker(CacheScanner scanner, Topics topics, Clock clock, CacheScanMetrics metrics) {
        this.scanner = scanner;
        this.topics = topics;
        this.clock = clock;
        this.metrics = metrics;
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> handle(List<Received<WorkCommand>> batch) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(batch.size());
        for (Received<WorkCommand> received : batch) {
            WorkAnswer answer = answer(received.value());
            metrics.scanned(answer);
            records.add(topics.cacheScanAnswers.toRecord(answer.group(), answer));
        }
        return records;
    }

    WorkAnswer answer(WorkCommand command) {
        if (clock.instant().isAfter(command.deadline())) {
            return WorkAnswer.without(command, AnswerStatus.EXPIRED, "the deadline has passed");
        }
        if (!(command.work() instanceof ScanCache scan)) {
            return WorkAnswer.without(
                    command,
                    AnswerStatus.FAILED,
                    "a " + command.work().getClass().getSimpleName()
                            + " is no scan of the cache; right is a ScanCache");
        }
        try {
            return scanned(command, scan);
        } catch (StoreUnavailableException away) {
            return WorkAnswer.without(command, AnswerStatus.UNAVAILABLE, String.valueOf(away.getMessage()));
        } catch (RuntimeException failure) {
            // Whatever it is, it is this command's alone; an interrupt says that the loop is closing.
            if (Thread.currentThread().isInterrupted()) {
                throw failure;
            }
            LOG.atWarn()
                    .addKeyValue("runId", command.runId())
                    .addKeyValue("number", command.number())
                    .setCause(failure)
                    .log("A scan of the cache failed");
            return WorkAnswer.without(command, AnswerStatus.FAILED, failure.toString());
        }
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
