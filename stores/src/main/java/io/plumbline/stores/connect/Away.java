package io.plumbline.stores.connect;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoClientException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoServerUnavailableException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteConcernException;
import io.plumbline.stores.StoreRefusedException;
import io.plumbline.stores.StoreUnavailableException;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells a store that is away (which proves nothing: ask again) from a store that refuses, which is an error to be seen.
 * PostgreSQL: connections, shutdowns, lack of resources, conflicts and cancelled statements, by the class of their state.
 * MongoDB: network, selection, elections, time limits, write concerns that were not met, and reads that were killed or
 * whose cursor a restarted server does not know any more.
 */
public final class Away {

    private static final Set<String> STATES = Set.of("08", "40", "53", "57", "58");
    private static final Set<Integer> MONGO_CODES = Set.of(
            6, 7, 43, 50, 64, 89, 91, 112, 175, 189, 237, 262, 317, 358, 384, 9001, 10107, 11600, 11601, 11602, 13388,
            13435, 13436);

    private Away() {}

    /** The exception to throw for a failed statement: {@link StoreUnavailableException} where PostgreSQL is away. */
    public static RuntimeException postgres(SQLException cause) {
        return isAway(cause)
                ? new StoreUnavailableException("PostgreSQL", cause)
                : new StoreRefusedException("PostgreSQL", cause);
    }

    static boolean isAway(SQLException cause) {
        if (Untrusted.reason(cause) != null) {
            return false;
        }
        String state = cause.getSQLState();
        boolean byState = state != null && state.length() == 5 && STATES.contains(state.substring(0, 2));
        boolean closed = "This connection has been closed.".equals(cause.getMessage());
        return byState || closed || (cause instanceof SQLTransientException && !isCausedByRefusal(cause));
    }

    /** The pool wraps why it has no connection to give: a wrong password is not an absence. */
    private static boolean isCausedByRefusal(SQLException cause) {
        return refusal(cause) != null;
    }

    static @Nullable String refusal(SQLException cause) {
        return cause.getCause() instanceof SQLException inner
                        && inner.getSQLState() != null
                        && (inner.getSQLState().startsWith("28")
                                || inner.getSQLState().startsWith("3D"))
                ? inner.getMessage()
                : null;
    }

    /** The exception to throw for a failed operation: {@link StoreUnavailableException} where MongoDB is away. */
    public static RuntimeException mongo(MongoException cause) {
        return isAway(cause)
                ? new StoreUnavailableException("MongoDB", cause)
                : new StoreRefusedException("MongoDB", cause);
    }

    static boolean isAway(MongoException cause) {
        if (Untrusted.reason(cause) != null) {
            return false;
        }
        return switch (cause) {
            case MongoSecurityException e -> false;
            case MongoTimeoutException e -> !isSecurity(e);
            case MongoSocketException e -> true;
            case MongoNotPrimaryException e -> true;
            case MongoNodeIsRecoveringException e -> true;
            case MongoConnectionPoolClearedException e -> true;
            case MongoServerUnavailableException e -> true;
            case MongoExecutionTimeoutException e -> true;
            case MongoWriteConcernException e -> true;
            case MongoInterruptedException e -> true;
            case MongoBulkWriteException e -> e.getWriteConcernError() != null;
            case MongoCommandException e -> MONGO_CODES.contains(e.getErrorCode());
            case MongoClientException e -> false;
            default -> MONGO_CODES.contains(cause.getCode());
        };
    }

    /** The driver names a refused login among the reasons for which no server was found in time. */
    private static boolean isSecurity(MongoTimeoutException cause) {
        return String.valueOf(cause.getMessage()).contains("MongoSecurityException");
    }
}
