package io.plumbline.stores.scan;

import com.mongodb.MongoInterruptedException;
import com.mongodb.ServerAddress;
import com.mongodb.ServerCursor;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCursor;
import io.plumbline.stores.mongo.RawDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Reads a query's documents ahead in a thread of its own, so that the server prepares the next batch while one is being
 * compared. At most {@link #AHEAD} pieces of {@link #PIECE_BYTES} (or one larger document) wait to be taken.
 */
final class ReadAhead implements MongoCursor<RawDocument> {

    /** Documents of a server's batch. */
    static final int BATCH = 5_000;

    private static final int AHEAD = 4;
    private static final int PIECE = 500;
    private static final int PIECE_BYTES = 1 << 20;
    private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private final Semaphore room = new Semaphore(AHEAD);
    private Piece piece = new Piece(List.of(), null, false);
    private int taken;
    private volatile boolean closed;

    ReadAhead(FindIterable<RawDocument> query) {
        Thread.ofPlatform().daemon().name("scan-read-ahead").start(() -> read(query));
    }

    /** Whatever stops the reading, errors too, is the taking thread's to throw: it would wait for ever. */
    private void read(FindIterable<RawDocument> query) {
        try (MongoCursor<RawDocument> cursor = query.cursor()) {
            while (!closed && cursor.hasNext()) {
                Piece next = new Piece(piece(cursor), null, false);
                room.acquireUninterruptibly();
                pieces.add(next);
            }
            pieces.add(new Piece(List.of(), null, true));
        } catch (RuntimeException | Error e) {
            pieces.add(new Piece(List.of(), e, true));
        }
    }

    private static List<RawDocument> piece(MongoCursor<RawDocument> cursor) {
        List<RawDocument> documents = new ArrayList<>(PIECE);
        long bytes = 0;
        do {
            RawDocument document = cursor.next();
            documents.add(document);
            bytes += document.bytes().length;
        } while (documents.size() < PIECE && bytes < PIECE_BYTES && cursor.hasNext());
        return documents;
    }

    @Override
    public boolean hasNext() {
        while (taken == piece.documents.size()) {
            switch (piece.failure) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case Throwable failure -> throw new IllegalStateException(failure);
                case null -> {}
            }
            if (piece.last) {
                return false;
            }
            try {
                piece = pieces.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new MongoInterruptedException("interrupted while documents were read", e);
            }
            taken = 0;
            room.release();
        }
        return true;
    }

    @Override
    public RawDocument next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return piece.documents.get(taken++);
    }

    @Override
    public int available() {
        return piece.documents.size() - taken;
    }

    @Override
    public @Nullable RawDocument tryNext() {
        return hasNext() ? next() : null;
    }

    @Override
    public void close() {
        closed = true;
        room.release();
    }

    @Override
    public @Nullable ServerCursor getServerCursor() {
        return null;
    }

    @Override
    public ServerAddress getServerAddress() {
        throw new UnsupportedOperationException("a cursor that reads ahead does not say where from");
    }

    private record Piece(
            List<RawDocument> documents, @Nullable Throwable failure, boolean last) {}
}
