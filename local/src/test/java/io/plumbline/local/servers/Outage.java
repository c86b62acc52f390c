package io.plumbline.local.servers;

/**
 * A server that is away; closing it brings the server back, as it was.
 *
 * @param end brings it back
 */
public record Outage(Server server, Runnable end) implements AutoCloseable {

    @Override
    public void close() {
        end.run();
    }

    @Override
    public String toString() {
        return server + " away";
    }
}
