package io.plumbline.local.system;

import static org.awaitility.Awaitility.await;

import io.plumbline.local.LocalSystem;
import io.plumbline.local.servers.Servers;
import java.time.Duration;
import java.util.Random;

/** The whole system over {@link TwoStores} that are equal at first, and a user of it. */
final class SystemUnderTest implements AutoCloseable {

    final Servers servers;
    final LocalSystem system;
    final TwoStores stores;
    final SystemClient client;

    private SystemUnderTest(Servers servers, LocalSystem system, TwoStores stores, SystemClient client) {
        this.servers = servers;
        this.system = system;
        this.stores = stores;
        this.client = client;
    }

    static SystemUnderTest start(int accountCount, int clientCount, long seed) throws Exception {
        return start(TwoStores.CONFIG, accountCount, clientCount, seed);
    }

    /** @param config like {@link TwoStores#CONFIG} */
    static SystemUnderTest start(String config, int accountCount, int clientCount, long seed) throws Exception {
        Servers servers = Servers.provided();
        LocalSystem system = servers.start(config, null);
        TwoStores stores = new TwoStores(system.config());
        stores.createTables();
        stores.fill(accountCount, clientCount, new Random(seed));
        system.startApps();
        // What was committed before the feed's slot exists is the outbox retry's to find, not the fast way's.
        await("the outbox feed reads the log")
                .atMost(Duration.ofMinutes(1))
                .until(() -> stores.count("SELECT count(*) FROM pg_replication_slots WHERE active") == 1);
        SystemClient client = new SystemClient(system.config().kafka(), system.topics());
        client.awaitReport(
                "the end of the retry that the feed asks for when it begins",
                Duration.ofMinutes(1),
                report -> report.job().equals("accounts-outbox-retry")
                        && report.status().isFinal());
        return new SystemUnderTest(servers, system, stores, client);
    }

    @Override
    public void close() throws Exception {
        client.close();
        stores.close();
        system.close();
        servers.close();
    }
}
