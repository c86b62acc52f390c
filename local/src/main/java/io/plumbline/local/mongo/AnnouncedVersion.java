package io.plumbline.local.mongo;

import de.bwaldvogel.mongo.MongoVersion;
import java.util.List;

/**
 * MongoDB 5.0 as drivers are told of it. The library's own 5.0 announces the wire version of 4.2, which the current drivers
 * of other languages no longer speak.
 */
final class AnnouncedVersion implements MongoVersion {

    private static final int WIRE_VERSION = 13;

    @Override
    public List<Integer> getVersionArray() {
        return List.of(5, 0, 0);
    }

    @Override
    public int getWireVersion() {
        return WIRE_VERSION;
    }
}
