package io.plumbline.local;

import de.bwaldvogel.mongo.MongoServer;
import io.plumbline.local.mongo.OrderedBackend;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A server in this JVM that speaks MongoDB's protocol, on the loopback address; it announces itself as MongoDB 5.0 and
 * keeps its data in memory. It can be stopped and started again on the same port with the same data. It is not MongoDB:
 * no replica set, no sessions, no transactions.
 */
public final class EmbeddedMongo implements AutoCloseable {

    private final OrderedBackend backend = new OrderedBackend();
    private int port;
    private @Nullable MongoServer server;

    private EmbeddedMongo(int port) {
        this.port = port;
    }

    /** A server on a port of its choice. */
    public static EmbeddedMongo start() {
        return start(0);
    }

    /** @param port the port that clients connect to; 0 for any */
    public static EmbeddedMongo start(int port) {
        EmbeddedMongo mongo = new EmbeddedMongo(port);
        mongo.restart();
        return mongo;
    }

    public String url() {
        return "mongodb://127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** From now on every write is kept in the collection {@code oplog.rs} of the database {@code local}, as a replica set's is. */
    public void recordWrites() {
        backend.enableOplog();
    }

    /** Starts it again after {@link #stop()}, on the same port. Does nothing while it runs. */
    public synchronized void restart() {
        if (server != null) {
            return;
        }
        MongoServer starting = new MongoServer(backend);
        starting.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        port = starting.getLocalAddress().getPort();
        server = starting;
    }

    /** Stops it: connections are cut, data is kept. */
    public synchronized void stop() {
        if (server != null) {
            server.shutdownNow();
            server = null;
        }
    }

    @Override
    public void close() {
        stop();
    }
}
