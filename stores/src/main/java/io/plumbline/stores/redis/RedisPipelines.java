package io.plumbline.stores.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/** Asks the same of many keys, in pipelines of a bounded length, and tells absence from refusal. */
final class RedisPipelines {

    /** Of questions with small answers. */
    static final int LONG = 1_000;

    /** Of questions whose answers are all the candles of a window. */
    static final int SHORT = 100;

    private static final int LANES = 2;

    private final RedisConnection connection;

    RedisPipelines(RedisConnection connection) {
        this.connection = connection;
    }

    /** What is asked of one key, in a pipeline and alone. */
    interface Command<Q, T> {

        Response<T> piped(AbstractPipeline pipeline, Q question);

        /** Used where a pipeline cannot: the key has moved to another node, or a script is not known there yet. */
        T alone(UnifiedJedis client, Q question);
    }

    /** The answers in the order of the questions. */
    <Q, T> List<T> each(int length, List<Q> questions, Command<Q, T> command) {
        List<List<Q>> parts = IntStream.iterate(0, at -> at < questions.size(), at -> at + length)
                .mapToObj(at -> questions.subList(at, Math.min(questions.size(), at + length)))
                .toList();
        try {
            return (parts.size() < LANES ? oneByOne(parts, command) : inLanes(parts, command))
                    .stream().flatMap(List::stream).toList();
        } catch (JedisException | IllegalStateException e) { // the latter for an answer that a broken node did not give
            throw RedisFailure.of(e);
        }
    }

    private <Q, T> List<List<T>> oneByOne(List<List<Q>> parts, Command<Q, T> command) {
        return parts.stream()
                .map(part -> ask(connection.client(), part, command))
                .toList();
    }

    /** Two connections: while one's answers are read, the server works for the other. */
    private <Q, T> List<List<T>> inLanes(List<List<Q>> parts, Command<Q, T> command) {
        AtomicReferenceArray<List<T>> answers = new AtomicReferenceArray<>(parts.size());
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> lanes = new ArrayList<>();
            for (int lane = 0; lane < LANES; lane++) {
                lanes.add(threads.submit(() -> {
                    for (int part = next.getAndIncrement(); part < parts.size(); part = next.getAndIncrement()) {
                        answers.set(part, ask(connection.client(), parts.get(part), command));
                    }
                }));
            }
            for (Future<?> lane : lanes) {
                join(lane);
            }
        }
        return IntStream.range(0, parts.size()).mapToObj(answers::get).toList();
    }

    private static void join(Future<?> lane) {
        try {
            lane.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JedisException("interrupted while the cache was asked", e);
        }
    }

    private static <Q, T> List<T> ask(UnifiedJedis client, List<Q> questions, Command<Q, T> command) {
        List<Response<T>> responses = new ArrayList<>(questions.size());
        try (AbstractPipeline pipeline = client.pipelined()) {
            questions.forEach(question -> responses.add(command.piped(pipeline, question)));
            pipeline.sync();
        }
        List<T> answers = new ArrayList<>(questions.size());
        for (int i = 0; i < responses.size(); i++) {
            answers.add(answer(client, questions.get(i), command, responses.get(i)));
        }
        return answers;
    }

    private static <Q, T> T answer(UnifiedJedis client, Q question, Command<Q, T> command, Response<T> response) {
        try {
            return response.get();
        } catch (JedisNoScriptException | JedisRedirectionException e) {
            return command.alone(client, question);
        }
    }
}
