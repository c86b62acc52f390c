package io.plumbline.stores.redis;

import io.plumbline.stores.CandleCache.SeriesCandles;
import io.plumbline.stores.CandleCache.WriteResult;
import io.plumbline.stores.CandleRetention;
import io.plumbline.topics.config.RedisConfig;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.Candle.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;

/** The script that writes candles of one series; a run of it is bounded, so that Redis is not kept from others for long. */
final class CandleScript implements RedisPipelines.Command<CandleScript.Run, Object> {

    private static final String RESOURCE = "write-candles.lua";
    private static final int CANDLES = 200;

    private final String text = read();
    private final String digest = digest(text);
    private final List<String> settings;
    private final CandleJson json;

    CandleScript(CandleRetention retention, RedisConfig.Fields fields) {
        json = new CandleJson(fields);
        settings = List.of(
                Integer.toString(retention.newest() == null ? 0 : retention.newest()),
                Long.toString(
                        retention.expiry() == null ? 0 : retention.expiry().toMillis()),
                fields.sequence(),
                fields.origin());
    }

    /**
     * One run.
     *
     * @param places where its candles were among those of the series, in the order of the arguments
     */
    record Run(String key, List<Integer> places, List<String> arguments) {}

    /** The runs that write these candles, the newest first, so that none pushes out another that was just written. */
    List<Run> runs(String key, SeriesCandles series) {
        List<Candle> candles = series.candles();
        List<Integer> newestFirst = IntStream.range(0, candles.size())
                .boxed()
                .sorted(Comparator.comparingLong(
                                (Integer place) -> candles.get(place).openTime())
                        .reversed())
                .toList();
        List<Run> runs = new ArrayList<>();
        for (int at = 0; at < candles.size(); at += CANDLES) {
            List<Integer> places = newestFirst.subList(at, Math.min(candles.size(), at + CANDLES));
            List<String> arguments = new ArrayList<>(settings);
            places.forEach(place -> add(arguments, candles.get(place)));
            runs.add(new Run(key, places, arguments));
        }
        return runs;
    }

    private void add(List<String> arguments, Candle candle) {
        arguments.add(Long.toString(candle.openTime()));
        arguments.add(Long.toString(candle.sequence()));
        arguments.add(candle.origin() == Origin.LIVE ? "1" : "0");
        arguments.add(json.write(candle));
    }

    @Override
    public Response<Object> piped(AbstractPipeline pipeline, Run run) {
        return pipeline.evalsha(digest, List.of(run.key()), run.arguments());
    }

    @Override
    public Object alone(UnifiedJedis client, Run run) {
        return client.eval(text, List.of(run.key()), run.arguments());
    }

    /** What a run's answer says, in the order of its arguments. */
    static List<WriteResult> results(Object answer) {
        return ((List<?>) answer)
                .stream().map(word -> WriteResult.valueOf(String.valueOf(word))).toList();
    }

    private static String read() {
        try (InputStream in = CandleScript.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
