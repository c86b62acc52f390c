package io.plumbline.bench;

import io.plumbline.stores.redis.CandleKeys;
import io.plumbline.topics.record.SeriesKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.params.ZRangeParams;
import redis.clients.jedis.resps.Tuple;

/** The plain way to look for holes: all candles of a series with their scores, compared with a set of open times. */
final class BareCandles implements AutoCloseable {

    private static final int PIPELINE = 1_000;

    private final RedisClient client;
    private final CandleKeys keys;

    BareCandles(int port, CandleKeys keys) {
        this.client = RedisClient.builder().hostAndPort("127.0.0.1", port).build();
        this.keys = keys;
    }

    /** One read per series; returns how many lack a candle. */
    long oneByOne(List<SeriesKey> series, long from, long to, Set<Long> wanted) {
        return series.stream()
                .filter(key -> lacks(client.zrangeWithScores(keys.of(key), range(from, to)), wanted))
                .count();
    }

    /** The same in pipelines of as many series as the scanner's. */
    long pipelined(List<SeriesKey> series, long from, long to, Set<Long> wanted) {
        long lacking = 0;
        for (int at = 0; at < series.size(); at += PIPELINE) {
            List<Response<List<Tuple>>> responses = new ArrayList<>();
            try (AbstractPipeline pipeline = client.pipelined()) {
                for (SeriesKey key : series.subList(at, Math.min(series.size(), at + PIPELINE))) {
                    responses.add(pipeline.zrangeWithScores(keys.of(key), range(from, to)));
                }
                pipeline.sync();
            }
            for (Response<List<Tuple>> response : responses) {
                lacking += lacks(response.get(), wanted) ? 1 : 0;
            }
        }
        return lacking;
    }

    private static ZRangeParams range(long from, long to) {
        return ZRangeParams.zrangeByScoreParams((double) from, (double) to);
    }

    private static boolean lacks(List<Tuple> members, Set<Long> wanted) {
        Set<Long> found = new HashSet<>();
        members.forEach(member -> found.add((long) member.getScore()));
        return !found.containsAll(wanted);
    }

    @Override
    public void close() {
        client.close();
    }
}
