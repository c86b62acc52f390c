package io.plumbline.local.demo;

import io.plumbline.local.LocalPorts;
import io.plumbline.local.LocalSystem;
import io.plumbline.local.exchange.SimulatedMarket;
import io.plumbline.runtime.KafkaClients;
import io.plumbline.topics.config.PlumblineConfig;
import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.Trigger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/** A local system with the mail system in it: both stores filled alike, the apps running, drifts and reports watched. */
final class MailScene implements AutoCloseable {

    private final LocalSystem system;
    private final MailSystem mails;
    private final MailOracle oracle;
    private final DriftWatch drifts;
    private final ReportWatch reports;

    private MailScene(LocalSystem system, MailSystem mails, MailOracle oracle, Consumer<Report> listener) {
        this.system = system;
        this.mails = mails;
        this.oracle = oracle;
        this.drifts = new DriftWatch(system.config().kafka(), system.topics());
        this.reports = new ReportWatch(system.config().kafka(), system.topics(), listener);
    }

    /**
     * @param market what an exchange is simulated of; {@code null} for none
     * @param clients how many documents there are; elements are some two and a half times as many
     * @param say told what goes on
     * @param listener told of each report
     */
    static MailScene start(
            PlumblineConfig config,
            @Nullable SimulatedMarket market,
            long seed,
            int clients,
            Consumer<String> say,
            Consumer<Report> listener)
            throws Exception {
        LocalSystem system = LocalSystem.start(config, null, LocalPorts.any(), market);
        boolean started = false;
        try {
            say.accept("Kafka " + system.config().kafka().bootstrapServers() + ", "
                    + system.config().postgres().url() + ", "
                    + system.config().mongo().url());
            MailSystem mails = new MailSystem(system.config());
            MailOracle oracle = fill(mails, seed, clients, say);
            system.startApps();
            say.accept("the apps run");
            MailScene scene = new MailScene(system, mails, oracle, listener);
            started = true;
            return scene;
        } finally {
            if (!started) {
                system.close();
            }
        }
    }

    LocalSystem system() {
        return system;
    }

    MailOracle oracle() {
        return oracle;
    }

    MailDocuments documents() {
        return mails.documents();
    }

    DriftWatch drifts() {
        return drifts;
    }

    ReportWatch reports() {
        return reports;
    }

    Connection connect() throws SQLException {
        return mails.connect();
    }

    /** The application, not yet started. */
    MailApplication application(long seed, int crashes, Duration pause) throws SQLException {
        return new MailApplication(oracle, new MailTables(mails.connect()), mails.documents(), seed, crashes, pause);
    }

    /** Puts a trigger on {@code manual-trigger}. */
    void ask(Trigger trigger) throws InterruptedException, ExecutionException {
        KafkaClients clients = new KafkaClients(system.config().kafka());
        try (Producer<byte[], byte[]> producer = clients.openProducer()) {
            producer.send(system.topics().manualTrigger.toRecord(trigger.job(), trigger))
                    .get();
        }
    }

    /**
     * The final report of a job's run that a request led to, as itself or as a step of its sequence; {@code null} where
     * there is none in time. Ticks may have the same job run meanwhile.
     */
    @Nullable
    Report ended(String job, String requestId, Duration longest) throws InterruptedException {
        Patience.until(longest, () -> finalOf(job, requestId) != null);
        return finalOf(job, requestId);
    }

    @Override
    public void close() {
        drifts.close();
        reports.close();
        mails.close();
        system.close();
    }

    private @Nullable Report finalOf(String job, String requestId) {
        return reports.find(report -> report.job().equals(job)
                && report.runId().endsWith("." + requestId)
                && report.status().isFinal());
    }

    private static MailOracle fill(MailSystem mails, long seed, int clients, Consumer<String> say) throws SQLException {
        try (Connection connection = mails.connect()) {
            mails.createTables(connection);
            MailLoader loader = new MailLoader(seed, clients);
            MailOracle oracle = loader.load(connection, mails.documents());
            say.accept(DemoScreen.many(loader.mails()) + " mails in PostgreSQL, copied to "
                    + DemoScreen.many(oracle.size()) + " elements of "
                    + DemoScreen.many(oracle.fileNumbers().size()) + " documents in MongoDB");
            return oracle;
        }
    }
}
