package io.plumbline.reconciler.notify;

import io.plumbline.runtime.BatchHandler;
import io.plumbline.runtime.Received;
import io.plumbline.topics.record.DeadLetter;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Tells of dead letters, those that came together by one notice. */
record DeadLetterTeller(Notifier notifier, Clock clock) implements BatchHandler<DeadLetter> {

    @Override
    public List<ProducerRecord<byte[], byte[]>> handle(List<Received<DeadLetter>> batch) throws InterruptedException {
        long oldest = clock.instant().minus(RunTeller.NEWS).toEpochMilli();
        Optional<Notice> notice = DeadLetterNotices.of(batch.stream()
                .filter(received -> received.timestamp() >= oldest)
                .map(Received::value)
                .toList());
        if (notice.isPresent()) {
            notifier.tell(notice.get());
        }
        return List.of();
    }
}
