package io.plumbline.topics.config;

import org.jspecify.annotations.Nullable;

/**
 * Which parts run in a process, and how many threads each has.
 *
 * @param streams run the stream processors
 * @param workers run the workers
 * @param streamThreads Kafka Streams threads per application id
 * @param scanWorkers threads that compare segments
 * @param checkWorkers threads per queue of looks
 * @param repairWorkers threads that repair
 * @param cacheWorkers threads that scan the candle cache
 * @param backfillWorkers threads that fill gaps from exchanges
 * @param metricsPort where the process answers {@code /metrics}, {@code /live} and {@code /ready}; {@code 0} any
 *     free port, {@code null} nowhere
 * @param metricsAddress the address of this machine that it answers on
 */
public record AppsConfig(
        boolean streams,
        boolean workers,
        int streamThreads,
        int scanWorkers,
        int checkWorkers,
        int repairWorkers,
        int cacheWorkers,
        int backfillWorkers,
        @Nullable Integer metricsPort,
        String metricsAddress) {

    /** Without a metrics port. */
    public AppsConfig(
            boolean streams, boolean workers, int streamThreads, int scanWorkers, int checkWorkers, int repairWorkers) {
        this(streams, workers, streamThreads, scanWorkers, checkWorkers, repairWorkers, 1, 1, null, "127.0.0.1");
    }
}
