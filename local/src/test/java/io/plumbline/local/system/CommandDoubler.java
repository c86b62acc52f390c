package io.plumbline.local.system;

import io.plumbline.runtime.KafkaClients;
import io.plumbline.topics.Topic;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.KafkaConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** Sends every command that appears a second time. */
final class CommandDoubler implements AutoCloseable {

    private static final String DOUBLE = "double";

    private final List<Topic<?, ?>> commands;
    private final Consumer<byte[], byte[]> consumer;
    private final Producer<byte[], byte[]> producer;
    private final AtomicLong doubled = new AtomicLong();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Future<?> running;
    private volatile boolean stopping;

    CommandDoubler(KafkaConfig kafka, Topics topics) {
        commands = List.of(topics.work, topics.checks, topics.fastChecks, topics.repairs);
        KafkaClients clients = new KafkaClients(kafka);
        consumer = clients.openReader();
        producer = clients.openProducer();
        List<TopicPartition> partitions = commands.stream()
                .flatMap(topic -> consumer.partitionsFor(topic.name()).stream())
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        running = thread.submit(this::run);
    }

    long doubled() {
        return doubled.get();
    }

    private void run() {
        while (!stopping) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
                if (record.headers().lastHeader(DOUBLE) == null) {
                    ProducerRecord<byte[], byte[]> second =
                            new ProducerRecord<>(record.topic(), record.partition(), record.key(), record.value());
                    second.headers().add(DOUBLE, new byte[0]);
                    send(second);
                }
            }
        }
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        try {
            producer.send(record).get();
            doubled.incrementAndGet();
        } catch (ExecutionException e) {
            throw new IllegalStateException("could not double a command of " + record.topic(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws Exception {
        stopping = true;
        running.get();
        thread.shutdown();
        consumer.close();
        producer.close();
    }
}
