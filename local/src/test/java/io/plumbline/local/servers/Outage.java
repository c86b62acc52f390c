package io.plumbline.local.servers;

/** A server that is away; closing it brings the server back, as it was. */
@FunctionalInterface
public interface Outage extends AutoCloseable {

    @Override
    void close();
}
