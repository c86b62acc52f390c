package io.plumbline.local.servers;

import io.plumbline.local.EmbeddedRedis;
import io.plumbline.local.LocalParts;
import io.plumbline.local.LocalPorts;
import io.plumbline.local.LocalSystem;
import io.plumbline.local.exchange.SimulatedMarket;
import io.plumbline.runtime.config.ConfigFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** In this JVM, and processes that it starts. A system closes its own. */
final class EmbeddedServers implements Servers {

    private final @Nullable Path data;
    private @Nullable LocalSystem system;

    EmbeddedServers(@Nullable Path data) {
        this.data = data;
    }

    @Override
    public LocalSystem start(String config, @Nullable SimulatedMarket market) {
        system = LocalSystem.start(ConfigFile.parse(config, Map.of()), data, LocalPorts.any(), market);
        return system;
    }

    /** It ends: connections are closed, and refused. Redis is killed. */
    @Override
    public Outage takeAway(Server server) {
        LocalParts parts = parts();
        Runnable restart = switch (server) {
            case KAFKA -> {
                parts.kafka().stop();
                yield parts.kafka()::restart;
            }
            case POSTGRES -> {
                parts.postgres().stop();
                yield parts.postgres()::restart;
            }
            case MONGO -> {
                parts.mongo().stop();
                yield parts.mongo()::restart;
            }
            case REDIS -> {
                EmbeddedRedis redis = Objects.requireNonNull(parts.redis(), "the configuration has no redis");
                redis.kill();
                yield redis::restart;
            }
        };
        return new Outage(server, restart);
    }

    @Override
    public boolean recordWrites() {
        parts().mongo().recordWrites();
        return true;
    }

    private LocalParts parts() {
        if (system == null) {
            throw new IllegalStateException("nothing was started");
        }
        return system.parts();
    }

    @Override
    public void close() {}
}
