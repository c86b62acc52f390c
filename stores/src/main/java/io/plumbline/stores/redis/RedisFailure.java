package io.plumbline.stores.redis;

import io.plumbline.stores.StoreRefusedException;
import io.plumbline.stores.StoreUnavailableException;
import io.plumbline.stores.connect.Untrusted;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
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

    private static final String DENIED = "NOPERM";

    private RedisFailure() {}

    /**
     * The exception to throw for whatever the client throws.
     *
     * @param user that it was connected as; {@code null} for the default one
     */
    static RuntimeException of(RuntimeException cause, @Nullable String user) {
        String untrusted = Untrusted.reason(cause);
        if (untrusted != null) {
            return new StoreRefusedException(
                    "Redis",
                    new JedisDataException(
                            "its certificate is not trusted (%s); right is the redis.truststore that has it, or has what has signed it"
                                    .formatted(untrusted),
                            cause));
        }
        if (!(cause instanceof JedisDataException refusal) || isPassing(refusal)) {
            return new StoreUnavailableException("Redis", cause);
        }
        return String.valueOf(refusal.getMessage()).contains(DENIED)
                ? new StoreRefusedException("Redis", denied(user, cause))
                : new StoreRefusedException("Redis", cause);
    }

    /** Redis names the command, or says that it is a key; not the user. */
    private static JedisDataException denied(@Nullable String user, RuntimeException cause) {
        return new JedisDataException(
                "the user %s is denied: %s; right is an ACL as compose/grants/redis.acl has it (docs/security.md)"
                        .formatted(user == null ? "default" : user, cause.getMessage()),
                cause);
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
