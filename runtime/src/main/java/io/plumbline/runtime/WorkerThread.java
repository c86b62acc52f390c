package io.plumbline.runtime;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread of a worker loop: opens its Kafka session, keeps it going round, opens another when Kafka failed. */
final class WorkerThread<V> {

    /** Failures in a row after which the loop gives up; with its pauses about five minutes. */
    static final int FAILURES = 15;

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));
    private static final Duration ORDERLY = Duration.ofSeconds(7);
    private static final Duration INTERRUPTED = Duration.ofSeconds(3);
    private static final Logger LOG = LoggerFactory.getLogger(WorkerThread.class);

    private final WorkerLoop.Settings<V> settings;
    private final String clientId;
    private final WorkerMetrics metrics;
    private final FatalHandler fatal;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable WorkerSession<V> session;
    private int failures;

    WorkerThread(WorkerLoop.Settings<V> settings, int number, WorkerMetrics metrics, FatalHandler fatal) {
        this.settings = settings;
        this.clientId = settings.group() + "-" + number + "-" + UUID.randomUUID();
        this.metrics = metrics;
        this.fatal = fatal;
        this.thread = Thread.ofPlatform().name(settings.group() + "-" + number).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void askToStop() {
        stopping.countDown();
        WorkerSession<V> current = session;
        if (current != null) {
            current.wakeup();
        }
    }

    /** Throws {@link IllegalStateException} where the thread had to be interrupted, or even then does not end. */
    void awaitStop() {
        try {
            if (thread.join(ORDERLY)) {
                return;
            }
            thread.interrupt();
            boolean ended = thread.join(INTERRUPTED);
            throw new IllegalStateException(
                    "%s was still busy %s after it was asked to end: interrupted%s; its batch is not committed"
                            .formatted(
                                    thread.getName(), ORDERLY, ended ? "" : ", and left behind since it does not end"));
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(
                    thread.getName() + " was not waited for: whoever closes it was interrupted", e);
        }
    }

    private void run() {
        try {
            while (!isStopping()) {
                runSession();
            }
        } catch (InterruptedException | InterruptException e) {
            LOG.info("{} was interrupted; nothing of its batch was committed", thread.getName());
        } catch (RuntimeException | Error e) {
            fatal.fatal(thread.getName(), KafkaDeniedException.explained(e, settings.kafka()));
        }
    }

    private void runSession() throws InterruptedException {
        try (WorkerSession<V> opened = WorkerSession.open(settings, clientId, metrics)) {
            session = opened;
            while (!isStopping()) {
                answerBatch(opened);
            }
        } catch (WakeupException e) {
            LOG.debug("{} was asked to stop", thread.getName());
        } catch (InterruptException | AuthenticationException | AuthorizationException e) {
            throw e;
        } catch (KafkaException e) {
            pauseAfter(e);
        } finally {
            session = null;
        }
    }

    private void answerBatch(WorkerSession<V> opened) throws InterruptedException {
        try {
            // An empty poll proves nothing: it is all that a consumer says of a broker that is away.
            if (opened.pollAndAnswer() > 0) {
                failures = 0;
            }
        } catch (BatchFailedException e) {
            pauseAfter(e);
        }
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private void pauseAfter(RuntimeException failure) throws InterruptedException {
        if (isStopping()) {
            return;
        }
        failures++;
        metrics.failures.increment();
        if (failure.getCause() instanceof RetryLaterException) {
            failures = Math.min(failures, FAILURES - 1);
        }
        if (failures >= FAILURES) {
            throw failure;
        }
        Duration pause = BACKOFF.after(failures, clientId.hashCode());
        LOG.warn("{} failed ({} in a row); again in {}", thread.getName(), failures, pause, failure);
        if (stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.debug("{} was asked to stop", thread.getName());
        }
    }
}
