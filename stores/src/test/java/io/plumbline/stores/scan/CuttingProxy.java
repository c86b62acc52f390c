package io.plumbline.stores.scan;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Passes connections on to a server, and cuts all of them once the server has sent a given number of bytes more: in the
 * middle of a message, wherever that falls. Each cut ends either orderly or with a reset.
 */
final class CuttingProxy implements AutoCloseable {

    private static final long WHOLE = Long.MAX_VALUE;

    private final ServerSocket listening;
    private final int server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong left = new AtomicLong(WHOLE);
    private final AtomicBoolean reset = new AtomicBoolean();

    CuttingProxy(int server) {
        this.server = server;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("cutting-proxy").start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    void cutAfter(long bytes, boolean byReset) {
        reset.set(byReset);
        left.set(bytes);
    }

    /** From now on everything passes. */
    void heal() {
        left.set(WHOLE);
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Socket upstream = new Socket(InetAddress.getLoopbackAddress(), server);
                open.add(client);
                open.add(upstream);
                Thread.ofPlatform().daemon().name("to server").start(() -> pump(client, upstream, false));
                Thread.ofPlatform().daemon().name("to client").start(() -> pump(upstream, client, true));
            } catch (IOException e) {
                cut(); // the proxy was closed, or the server is away: nobody stays connected
            }
        }
    }

    private void pump(Socket from, Socket to, boolean counted) {
        byte[] buffer = new byte[4_096];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int read;
            while ((read = in.read(buffer)) >= 0) {
                long before = counted ? left.getAndUpdate(allowed(read)) : WHOLE;
                int passed = Math.clamp(before, 0, read);
                out.write(buffer, 0, passed);
                out.flush();
                if (passed < read) {
                    cut();
                    return;
                }
            }
            end(from);
            end(to);
        } catch (IOException e) {
            end(from); // one side has ended: the other one is to know
            end(to);
        }
    }

    private static java.util.function.LongUnaryOperator allowed(int read) {
        return value -> value == WHOLE ? WHOLE : value - read;
    }

    private void cut() {
        open.forEach(this::end);
    }

    private void end(Socket socket) {
        open.remove(socket);
        try {
            if (reset.get() && !socket.isClosed()) {
                socket.setSoLinger(true, 0);
            }
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }
}
