package io.plumbline.bench;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Times how fast a consumer group commits a partition that was filled before. */
record StreamClock(Admin admin, String group, TopicPartition partition) {

    private static final Duration LOOK_EVERY = Duration.ofMillis(10);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** Of the records, before the time counts: assignment, the first polls. */
    private static final double UNCOUNTED = 0.2;

    /** Records per second up to the last of them, from the first commit on that has a fifth of them behind it. */
    double rate(long records) {
        long first = await(offset -> offset >= records * UNCOUNTED, records);
        long start = System.nanoTime();
        await(offset -> offset >= records, records);
        return (records - first) / seconds(start);
    }

    /** Seconds until something is so. */
    static double secondsUntil(BooleanSupplier isSo) {
        long start = System.nanoTime();
        while (!isSo.getAsBoolean()) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
            if (seconds(start) > PATIENCE.toSeconds()) {
                throw new IllegalStateException("it was not so within " + PATIENCE);
            }
        }
        return seconds(start);
    }

    static double seconds(long startedNs) {
        return (System.nanoTime() - startedNs) / 1e9;
    }

    private long await(LongPredicate isEnough, long records) {
        long[] offset = new long[1];
        secondsUntil(() -> {
            offset[0] = committed();
            return isEnough.test(offset[0]);
        });
        return Math.min(offset[0], records);
    }

    private long committed() {
        try {
            OffsetAndMetadata offset = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(partition);
            return offset == null ? 0 : offset.offset();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the offsets of " + group + " cannot be read", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
