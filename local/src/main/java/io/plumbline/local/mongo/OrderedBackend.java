package io.plumbline.local.mongo;

import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.backend.memory.MemoryCollection;
import de.bwaldvogel.mongo.backend.memory.MemoryDatabase;

/** The library's memory backend with collections whose {@code _id} index is ordered; its data outlives the server. */
public final class OrderedBackend extends MemoryBackend {

    public OrderedBackend() {
        version(new AnnouncedVersion());
    }

    @Override
    public MemoryDatabase openOrCreateDatabase(String databaseName) {
        return new OrderedDatabase(databaseName, getCursorRegistry());
    }

    /** Keeps the data, but no cursor: a server that is stopped and started again is a restart. */
    @Override
    public void close() {
        CursorRegistry cursors = getCursorRegistry();
        for (long id = cursors.generateCursorId(); id > 0 && cursors.size() > 0; id--) {
            cursors.remove(id);
        }
    }

    private static final class OrderedDatabase extends MemoryDatabase {

        OrderedDatabase(String name, CursorRegistry cursors) {
            super(name, cursors);
        }

        @Override
        protected MemoryCollection openOrCreateCollection(String collectionName, CollectionOptions options) {
            return new OrderedCollection(this, collectionName, options, cursorRegistry);
        }
    }
}
