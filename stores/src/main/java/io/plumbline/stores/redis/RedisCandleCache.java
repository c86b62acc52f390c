package io.plumbline.stores.redis;

import io.plumbline.stores.CandleCache;
import io.plumbline.stores.CandleRetention;
import io.plumbline.topics.config.ExchangeConfig;
import io.plumbline.topics.config.RedisConfig;
import io.plumbline.topics.record.SeriesKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.ZRangeParams;
import redis.clients.jedis.resps.Tuple;

/**
 * A sorted set per series: its score is the open time in epoch milliseconds, its member the candle as JSON. Reads are
 * pipelined; each series is written by one script of one key, so that a slot never holds two candles of ours, and never
 * an older one where a newer one was.
 */
public final class RedisCandleCache implements CandleCache {

    private final RedisConnection connection;
    private final RedisPipelines pipelines;
    private final CandleKeys keys;
    private final CandleJson json;
    private final CandleScript script;
    private final CandleRetention retention;

    public RedisCandleCache(RedisConfig config, Map<String, ExchangeConfig> exchanges) {
        connection = new RedisConnection(config);
        pipelines = new RedisPipelines(connection);
        keys = new CandleKeys(config, exchanges);
        json = new CandleJson(config.fields());
        retention = new CandleRetention(config.newest(), config.expiry());
        script = new CandleScript(retention, config.fields());
    }

    @Override
    public CandleRetention retention() {
        return retention;
    }

    @Override
    public List<Long> counts(List<SeriesWindow> windows) {
        return pipelines.each(RedisPipelines.LONG, windows, new RedisPipelines.Command<>() {
            @Override
            public Response<Long> piped(AbstractPipeline pipeline, SeriesWindow window) {
                return pipeline.zcount(key(window), bytes(window.from()), bytes(window.to() - 1));
            }

            @Override
            public Long alone(UnifiedJedis client, SeriesWindow window) {
                return client.zcount(key(window), bytes(window.from()), bytes(window.to() - 1));
            }
        });
    }

    @Override
    public List<List<Long>> openTimes(List<SeriesWindow> windows) {
        return members(windows).stream()
                .map(members -> members.stream().map(RedisCandleCache::openTime).toList())
                .toList();
    }

    @Override
    public List<List<CachedCandle>> candles(List<SeriesWindow> windows) {
        return members(windows).stream()
                .map(members -> members.stream()
                        .map(member -> json.read(member.getElement(), openTime(member)))
                        .toList())
                .toList();
    }

    private List<List<Tuple>> members(List<SeriesWindow> windows) {
        return pipelines.each(RedisPipelines.SHORT, windows, new RedisPipelines.Command<>() {
            @Override
            public Response<List<Tuple>> piped(AbstractPipeline pipeline, SeriesWindow window) {
                return pipeline.zrangeWithScores(keys.of(window.series()), range(window));
            }

            @Override
            public List<Tuple> alone(UnifiedJedis client, SeriesWindow window) {
                return client.zrangeWithScores(keys.of(window.series()), range(window));
            }
        });
    }

    private static ZRangeParams range(SeriesWindow window) {
        return ZRangeParams.zrangeByScoreParams(low(window), high(window));
    }

    private byte[] key(SeriesWindow window) {
        return keys.of(window.series()).getBytes(StandardCharsets.UTF_8);
    }

    /** A whole number is spelt faster than a double, and there are two of them per series. */
    private static byte[] bytes(long time) {
        return Long.toString(time).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static double low(SeriesWindow window) {
        return (double) window.from();
    }

    private static double high(SeriesWindow window) {
        return (double) (window.to() - 1);
    }

    private static long openTime(Tuple member) {
        return (long) member.getScore();
    }

    @Override
    public List<OptionalLong> oldest(List<SeriesKey> series) {
        List<List<Tuple>> first = pipelines.each(RedisPipelines.LONG, series, new RedisPipelines.Command<>() {
            @Override
            public Response<List<Tuple>> piped(AbstractPipeline pipeline, SeriesKey key) {
                return pipeline.zrangeWithScores(keys.of(key), 0, 0);
            }

            @Override
            public List<Tuple> alone(UnifiedJedis client, SeriesKey key) {
                return client.zrangeWithScores(keys.of(key), 0, 0);
            }
        });
        return first.stream()
                .map(found -> found.isEmpty() ? OptionalLong.empty() : OptionalLong.of(openTime(found.getFirst())))
                .toList();
    }

    @Override
    public List<List<WriteResult>> write(List<SeriesCandles> batch) {
        List<CandleScript.Run> runs = new ArrayList<>();
        List<WriteResult[]> results = new ArrayList<>();
        List<WriteResult[]> ofRuns = new ArrayList<>();
        for (SeriesCandles series : batch) {
            WriteResult[] ofSeries = new WriteResult[series.candles().size()];
            results.add(ofSeries);
            for (CandleScript.Run run : script.runs(keys.of(series.series()), series)) {
                runs.add(run);
                ofRuns.add(ofSeries);
            }
        }
        List<Object> answers = pipelines.each(RedisPipelines.SHORT, runs, script);
        for (int i = 0; i < runs.size(); i++) {
            List<WriteResult> words = CandleScript.results(answers.get(i));
            for (int j = 0; j < words.size(); j++) {
                ofRuns.get(i)[runs.get(i).places().get(j)] = words.get(j);
            }
        }
        return results.stream().map(List::of).toList();
    }

    @Override
    public void close() {
        connection.close();
    }
}
