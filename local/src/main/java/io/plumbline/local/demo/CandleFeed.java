package io.plumbline.local.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.runtime.KafkaClients;
import io.plumbline.stores.redis.CandleKeys;
import io.plumbline.topics.Topics;
import io.plumbline.topics.config.KafkaConfig;
import io.plumbline.topics.config.PlumblineConfig;
import io.plumbline.topics.config.RedisConfig;
import io.plumbline.topics.json.Json;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.SeriesKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;

/**
 * Writes candles as an application's feed does: into the cache, without looking first, and to {@code candles}. Not for
 * several threads.
 */
public final class CandleFeed implements AutoCloseable {

    private final Topics topics;
    private final CandleKeys keys;
    private final RedisConfig.Fields names;
    private final RedisClient redis;
    private final Producer<byte[], byte[]> producer;
    private final List<Future<?>> sends = new ArrayList<>();

    public CandleFeed(PlumblineConfig config, Topics topics) {
        this(config, config.kafka(), topics);
    }

    /** @param kafka how it reaches Kafka, and sends */
    public CandleFeed(PlumblineConfig config, KafkaConfig kafka, Topics topics) {
        RedisConfig cache = Objects.requireNonNull(config.redis(), "the feed needs a candle cache");
        this.topics = topics;
        keys = new CandleKeys(cache, config.exchanges());
        names = cache.fields();
        redis = RedisClient.create(HostAndPort.from(cache.nodes().getFirst()));
        producer = new KafkaClients(kafka).openProducer();
    }

    void deliver(SeriesKey series, Candle candle, Delivery delivery) {
        if (delivery == Delivery.WHOLE) {
            cache(series, candle);
        }
        if (delivery != Delivery.LOST) {
            publish(series, candle);
        }
    }

    public void cache(SeriesKey series, Candle candle) {
        redis.zadd(keys.of(series), (double) candle.openTime(), member(candle));
    }

    public void publish(SeriesKey series, Candle candle) {
        sends.add(producer.send(topics.candles.toRecord(series.text(), candle)));
    }

    /** Takes away by hand what the cache has of a slot. */
    public void removeFromCache(SeriesKey series, long openTime) {
        redis.zremrangeByScore(keys.of(series), (double) openTime, (double) openTime);
    }

    /** Waits until everything published is written; throws what a send failed with. */
    public void flush() throws InterruptedException, ExecutionException {
        producer.flush();
        for (Future<?> send : sends) {
            send.get();
        }
        sends.clear();
    }

    private String member(Candle candle) {
        ObjectNode member = Json.MAPPER.createObjectNode();
        member.put(names.openTime(), candle.openTime());
        member.put(names.open(), candle.open());
        member.put(names.high(), candle.high());
        member.put(names.low(), candle.low());
        member.put(names.close(), candle.close());
        member.put(names.volume(), candle.volume());
        member.put(names.sequence(), candle.sequence());
        member.put(names.origin(), candle.origin().name().toLowerCase(Locale.ROOT));
        member.put(names.closed(), candle.closed());
        return member.toString();
    }

    @Override
    public void close() {
        producer.close();
        redis.close();
    }
}
