package io.plumbline.local.chaos;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Forwards connections on the loopback address. It cuts all of them when it is told to, or after a given number of bytes
 * from the server, wherever in a message that is; new connections are forwarded again. It can be slow, and hold back what one
 * of them is sent.
 */
public final class CuttingProxy implements AutoCloseable {

    private static final long NEVER = Long.MAX_VALUE;

    private final ServerSocket listener;
    private final int server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private long left = NEVER;
    private Duration silence = Duration.ZERO;
    private long forwarded;
    private volatile Duration delay = Duration.ZERO;

    public CuttingProxy(int server) {
        this.server = server;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Lets that many more bytes from the server through, and then cuts every connection, once. */
    public synchronized void cutAfter(long bytes) {
        silence = Duration.ZERO;
        left = bytes;
    }

    /** Lets that many more bytes from the server through, and then holds back that connection's next ones, once. */
    public synchronized void silentAfter(long bytes, Duration silence) {
        this.silence = silence;
        left = bytes;
    }

    public synchronized void cutNever() {
        left = NEVER;
    }

    /** Cuts every connection there is. */
    public void cut() {
        sockets.forEach(CuttingProxy::cut);
    }

    /** From now on, whatever is forwarded (8 KiB at most) takes so much longer, in each direction. */
    public void delay(Duration longer) {
        delay = longer;
    }

    /** Bytes from the server since the proxy was started. */
    public synchronized long forwarded() {
        return forwarded;
    }

    private void accept() {
        try {
            while (true) {
                connect(listener.accept());
            }
        } catch (IOException e) { // the way to say that the proxy was closed
            cut();
        }
    }

    private void connect(Socket client) {
        try {
            Socket there = new Socket(InetAddress.getLoopbackAddress(), server);
            sockets.add(client);
            sockets.add(there);
            Thread.ofVirtual().start(() -> forward(client, there, false));
            Thread.ofVirtual().start(() -> forward(there, client, true));
        } catch (IOException e) { // the server is away, and so are we
            cut(client);
        }
    }

    private void forward(Socket from, Socket to, boolean counted) {
        byte[] buffer = new byte[8192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int length = in.read(buffer);
            while (length >= 0) {
                LockSupport.parkNanos(delay.toNanos());
                int allowed = counted ? allowed(length) : length;
                out.write(buffer, 0, allowed);
                if (allowed < length) {
                    Duration held = silence();
                    if (held.isZero()) {
                        cut();
                        return;
                    }
                    LockSupport.parkNanos(held.toNanos());
                    out.write(buffer, allowed, length - allowed);
                }
                length = in.read(buffer);
            }
        } catch (IOException e) { // one end is gone, so the other goes too
            cut(from);
            cut(to);
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private synchronized Duration silence() {
        return silence;
    }

    private synchronized int allowed(int length) {
        int allowed = (int) Math.min(length, left);
        forwarded += allowed;
        left = left == NEVER ? NEVER : allowed < length ? NEVER : left - allowed;
        return allowed;
    }

    private static void cut(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        cut(listener);
        cut();
    }
}
