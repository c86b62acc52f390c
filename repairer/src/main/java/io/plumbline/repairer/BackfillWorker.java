package io.plumbline.repairer;

import io.plumbline.runtime.BatchHandler;
import io.plumbline.runtime.BatchTraces;
import io.plumbline.runtime.Received;
import io.plumbline.topics.Topics;
import io.plumbline.topics.record.BackfillAnswer;
import io.plumbline.topics.record.BackfillAnswer.Status;
import io.plumbline.topics.record.BackfillCommand;
import io.plumbline.topics.record.Candle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * {@code backfill-requests} to {@code backfill-results}, and what exchanges brought to {@code candles}, all of it in the
 * loop's one transaction. Exchanges do not wait for each other.
 */
final class BackfillWorker implements BatchHandler<BackfillCommand> {

    private final Map<String, PacedFiller> exchanges;
    private final Topics topics;
    private final RepairerMetrics metrics;

    BackfillWorker(Map<String, PacedFiller> exchanges, Topics topics, RepairerMetrics metrics) {
        this.exchanges = Map.copyOf(exchanges);
        this.topics = topics;
        this.metrics = metrics;
    }

    @Override
    public void assigned() {
        exchanges.values().forEach(PacedFiller::takeOver);
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> handle(List<Received<BackfillCommand>> batch)
            throws InterruptedException {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        BatchTraces traces = BatchTraces.of(batch, BackfillCommand::requestId);
        for (Backfilled filled : fill(batch.stream().map(Received::value).toList())) {
            BackfillAnswer answer = filled.answer();
            records.add(
                    traces.on(topics.backfillResults.toRecord(answer.series().exchange(), answer), answer.requestId()));
            for (Candle candle : filled.candles()) {
                records.add(topics.candles.toRecord(answer.series().text(), candle));
            }
        }
        return records;
    }

    /** One answer per command; those of one exchange are in the order of its commands. */
    List<Backfilled> fill(List<BackfillCommand> commands) throws InterruptedException {
        Map<String, List<BackfillCommand>> byExchange = new LinkedHashMap<>();
        commands.forEach(command -> byExchange
                .computeIfAbsent(command.series().exchange(), name -> new ArrayList<>())
                .add(command));
        List<Backfilled> filled = new ArrayList<>(commands.size());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            List<Future<List<Backfilled>>> fills = byExchange.entrySet().stream()
                    .map(entry -> threads.submit(() -> fill(entry.getKey(), entry.getValue())))
                    .toList();
            for (Future<List<Backfilled>> fill : fills) {
                filled.addAll(fill.get());
            }
            return filled;
        } catch (ExecutionException e) {
            throw new IllegalStateException("an exchange's commands ended without answers", e.getCause());
        } finally {
            // It has nothing to do any more, unless this thread was interrupted.
            threads.shutdownNow();
        }
    }

    private List<Backfilled> fill(String exchange, List<BackfillCommand> commands) throws InterruptedException {
        PacedFiller filler = exchanges.get(exchange);
        List<Backfilled> filled =
                filler == null ? commands.stream().map(this::unknown).toList() : filler.fill(commands);
        String tag = filler == null ? "unknown" : exchange;
        filled.forEach(one -> metrics.backfilled(tag, one.answer()));
        return filled;
    }

    private Backfilled unknown(BackfillCommand command) {
        return Backfilled.only(BackfillAnswer.without(
                command,
                Status.REFUSED,
                false,
                null,
                "no exchange '" + command.series().exchange() + "' is configured; there are "
                        + String.join(", ", new TreeSet<>(exchanges.keySet()))));
    }
}
