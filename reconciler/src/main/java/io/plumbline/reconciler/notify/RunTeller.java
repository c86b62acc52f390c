package io.plumbline.reconciler.notify;

import io.plumbline.runtime.BatchHandler;
import io.plumbline.runtime.Received;
import io.plumbline.topics.record.Report;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Tells of runs that ended badly: each report once, and again where this process is killed after the post. */
record RunTeller(Notifier notifier, Clock clock) implements BatchHandler<Report> {

    /** What is older is no news: whoever was told nothing so long has looked. */
    static final Duration NEWS = Duration.ofHours(1);

    @Override
    public List<ProducerRecord<byte[], byte[]>> handle(List<Received<Report>> batch) throws InterruptedException {
        long oldest = clock.instant().minus(NEWS).toEpochMilli();
        for (Received<Report> received : batch) {
            Optional<Notice> notice = RunNotices.of(received.value());
            if (notice.isPresent() && received.timestamp() >= oldest) {
                notifier.tell(notice.get());
            }
        }
        return List.of();
    }
}
