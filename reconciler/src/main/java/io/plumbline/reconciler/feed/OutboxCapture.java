package io.plumbline.reconciler.feed;

import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.format.ChangeEventFormat;
import io.debezium.engine.spi.OffsetCommitPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Debezium's engine, from its start to its first failure or to {@link #stop()}. */
final class OutboxCapture {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxCapture.class);

    private final DebeziumEngine<RecordChangeEvent<SourceRecord>> engine;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean closing;
    private volatile @Nullable String message;
    private volatile @Nullable Throwable failure;

    OutboxCapture(Properties settings, OutboxPublisher publisher) {
        engine = DebeziumEngine.create(ChangeEventFormat.of(Connect.class))
                .using(settings)
                .using(OffsetCommitPolicy.always())
                .using(this::completed)
                .notifying(publisher)
                .build();
    }

    /** Captures until it is stopped; throws {@link CaptureFailedException} where it ends by itself. */
    void run() {
        engine.run();
        if (!closing) {
            throw new CaptureFailedException(String.valueOf(message), failure);
        }
    }

    private void completed(boolean success, @Nullable String why, @Nullable Throwable error) {
        message = why;
        failure = error;
        ended.countDown();
    }

    void stop() throws InterruptedException {
        closing = true;
        do {
            try {
                engine.close();
            } catch (IllegalStateException e) {
                // It cannot be closed while it starts, nor again while it closes: asked again until it has ended.
                LOG.debug("the engine is not closed yet: {}", e.getMessage());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        } while (!ended.await(200, TimeUnit.MILLISECONDS));
    }
}
