package io.plumbline.local.containers;

import io.plumbline.local.candles.OracleTest;
import io.plumbline.local.system.Servers;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A feed in disorder, and apps that come and go, on Kafka and Redis in containers. */
class OracleOnContainersTest extends OracleTest {

    @RegisterExtension
    static final ContainerServers CONTAINERS = new ContainerServers();

    @Override
    protected Servers servers() {
        return CONTAINERS;
    }
}
