package io.plumbline.stores.connect;

import com.mongodb.MongoException;
import io.plumbline.stores.StoreUnavailableException;
import java.sql.SQLException;

/**
 * Tells a store that is away (which proves nothing) from a store that refuses. SQL: connection, shutdown, resource and
 * conflict states (08, 57P, 53, 40), time-outs; MongoDB: network, selection, not-primary errors.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class Away {

    private Away() {}

    /** The exception to throw for a failed statement: {@link StoreUnavailableException} where PostgreSQL is away. */
    public static RuntimeException postgres(SQLException cause) {
        throw new UnsupportedOperationException(cause);
    }

    public static RuntimeException mongo(MongoException cause) {
        throw new UnsupportedOperationException(cause);
    }
}
