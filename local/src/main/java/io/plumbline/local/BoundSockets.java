package io.plumbline.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * Hands out listening sockets that were bound beforehand. A broker must know its ports before it starts; a port that is
 * looked up first and bound later can be taken in between by somebody else.
 */
final class BoundSockets implements ServerSocketFactory, AutoCloseable {

    private final Map<String, ServerSocketChannel> sockets = new HashMap<>();

    /** Binds a listener on the loopback address and returns its port, which is chosen where {@code port} is 0. */
    synchronized int bind(String listener, int port) {
        try {
            ServerSocketChannel socket = ServerSocketChannel.open();
            sockets.put(listener, socket);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket.socket().getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " cannot be bound: " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized ServerSocketChannel openServerSocket(
            String listenerName, InetSocketAddress address, int listenBacklogSize, int recvBufferSize)
            throws IOException {
        ServerSocketChannel socket = sockets.remove(listenerName);
        if (socket == null) {
            throw new IOException("no socket was bound for " + listenerName);
        }
        socket.configureBlocking(false);
        return socket;
    }

    /** Closes what nobody has taken. */
    @Override
    public synchronized void close() throws IOException {
        for (ServerSocketChannel socket : sockets.values()) {
            socket.close();
        }
        sockets.clear();
    }
}
