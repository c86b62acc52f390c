package io.plumbline.local.containers;

import io.plumbline.local.LocalSystem;
import io.plumbline.local.system.DriftUnderWritesTest;
import io.plumbline.local.system.Servers;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Planted drift under live writes, and repairs that are taken back, on Kafka, PostgreSQL and MongoDB in containers. */
class DriftOnContainersTest extends DriftUnderWritesTest {

    @RegisterExtension
    static final ContainerServers CONTAINERS = new ContainerServers();

    @Override
    protected Servers servers() {
        return CONTAINERS;
    }

    @Override
    protected boolean recordWrites(LocalSystem system) {
        return false;
    }
}
