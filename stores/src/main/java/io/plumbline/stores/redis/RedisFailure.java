package io.plumbline.stores.redis;

import io.plumbline.stores.StoreRefusedException;
import io.plumbline.stores.StoreUnavailableException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Tells a Redis that is away, or takes no writes for now, from one that refuses. A replica that nobody has promoted yet
 * ({@code READONLY}), a full memory ({@code OOM}) and a disk that fails ({@code MISCONF}) pass, and prove nothing about
 * the candle that was to be written; so they are an absence. A wrong password or a key of another type does not pass.
 */
final class RedisFailure {

    private static final Set<String> PASSING = Set.of(
            "OOM",
            "READONLY",
            "MISCONF",
            "LOADING",
            "MASTERDOWN",
            "NOREPLICAS",
            "CLUSTERDOWN",
            "TRYAGAIN",
            "BUSY",
            "MOVED",
            "ASK");
    private static final String CLIENTS = "max number of clients reached";
    /** At the start, or after a dash where a script was denied a command. */
    private static final Pattern CODE = Pattern.compile("(?:^|-)([A-Z]{3,}) ");

    private RedisFailure() {}

    /** The exception to throw for whatever the client throws. */
    static RuntimeException of(RuntimeException cause) {
        return cause instanceof JedisDataException refusal && !isPassing(refusal)
                ? new StoreRefusedException("Redis", cause)
                : new StoreUnavailableException("Redis", cause);
    }

    private static boolean isPassing(JedisDataException refusal) {
        String message = String.valueOf(refusal.getMessage());
        return message.contains(CLIENTS) || PASSING.contains(code(message));
    }

    /** The code of an error; of the inner one, where a script hit it. */
    private static String code(String message) {
        Matcher codes = CODE.matcher(message);
        String last = "";
        while (codes.find()) {
            last = codes.group(1);
        }
        return last;
    }
}
