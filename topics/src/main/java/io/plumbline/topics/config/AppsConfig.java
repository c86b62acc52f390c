package io.plumbline.topics.config;

/**
 * Which parts run in a process, and how many threads each has.
 *
 * @param streams run the stream processors
 * @param workers run the workers
 * @param streamThreads Kafka Streams threads per application id
 * @param scanWorkers threads that compare segments
 * @param checkWorkers threads per queue of looks
 * @param repairWorkers threads that repair
 */
public record AppsConfig(
        boolean streams, boolean workers, int streamThreads, int scanWorkers, int checkWorkers, int repairWorkers) {}
