package io.plumbline.stores.redis;

import java.util.ArrayList;
import java.util.List;
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
        List<T> answers = new ArrayList<>(questions.size());
        try {
            for (int at = 0; at < questions.size(); at += length) {
                List<Q> some = questions.subList(at, Math.min(questions.size(), at + length));
                ask(connection.client(), some, command, answers);
            }
            return answers;
        } catch (JedisException | IllegalStateException e) { // the latter for an answer that a broken node did not give
            throw RedisFailure.of(e, connection.user());
        }
    }

    private static <Q, T> void ask(UnifiedJedis client, List<Q> questions, Command<Q, T> command, List<T> answers) {
        List<Response<T>> responses = new ArrayList<>(questions.size());
        try (AbstractPipeline pipeline = client.pipelined()) {
            questions.forEach(question -> responses.add(command.piped(pipeline, question)));
            pipeline.sync();
        }
        for (int i = 0; i < responses.size(); i++) {
            answers.add(answer(client, questions.get(i), command, responses.get(i)));
        }
    }

    private static <Q, T> T answer(UnifiedJedis client, Q question, Command<Q, T> command, Response<T> response) {
        try {
            return response.get();
        } catch (JedisNoScriptException | JedisRedirectionException e) {
            return command.alone(client, question);
        }
    }
}
