package io.plumbline.local.demo;

import static io.plumbline.local.demo.DemoScreen.many;

import io.plumbline.local.LocalPorts;
import io.plumbline.local.LocalSystem;
import io.plumbline.runtime.KafkaClients;
import io.plumbline.topics.record.DriftClass;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.Trigger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;

/**
 * The demo.
 *
 * <ol>
 *   <li>start the whole system; fill both stores alike; start the application, which goes on writing until the end and
 *       crashes between its two writes now and then;
 *   <li>crashes: the fast way sees, proves and repairs them within seconds;
 *   <li>hand edits, which no event tells of: a full run, asked for by a trigger, finds and repairs them;
 *   <li>the hourly job, asked for likewise: outbox retry, comparison of what changed, clean-up;
 *   <li>all of both stores, the drifts and the reports are held against the oracle.
 * </ol>
 */
final class Demo {

    private static final int CLIENTS = 2_500;
    private static final int CRASHES_FIRST = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(25);

    private final long seed;
    private final DemoScreen screen;
    private final List<Planted> planted = new ArrayList<>();

    Demo(long seed, DemoScreen screen) {
        this.seed = seed;
        this.screen = screen;
    }

    /** Returns whether everything was found, proven, repaired and verified, and nothing else was touched. */
    boolean run() throws Exception {
        screen.title("Start: Kafka, PostgreSQL, a MongoDB protocol server, and all apps, in one JVM");
        try (LocalSystem system = LocalSystem.start(MailSystem.config(), null, LocalPorts.any());
                MailSystem mails = new MailSystem(system);
                Connection connection = mails.connect()) {
            screen.say("Kafka " + system.config().kafka().bootstrapServers() + ", "
                    + system.config().postgres().url() + ", "
                    + system.config().mongo().url());
            mails.createTables(connection);
            MailLoader loader = new MailLoader(seed, CLIENTS);
            MailOracle oracle = loader.load(connection, mails.documents());
            screen.say(many(loader.mails()) + " mails in PostgreSQL, copied to " + many(oracle.size()) + " elements of "
                    + many(oracle.fileNumbers().size()) + " documents in MongoDB");
            system.startApps();
            screen.say("the apps run");
            return run(system, mails, oracle);
        }
    }

    private boolean run(LocalSystem system, MailSystem mails, MailOracle oracle) throws Exception {
        try (DriftWatch drifts = new DriftWatch(system.config().kafka(), system.topics());
                ReportWatch reports = new ReportWatch(system.config().kafka(), system.topics(), this::progress);
                MailTables tables = new MailTables(mails.connect());
                MailApplication application = new MailApplication(oracle, tables, mails.documents(), seed + 1, PAUSE)) {
            application.start();
            crashes(application, drifts);
            handEdits(system, mails, oracle, reports);
            application.stopCrashing();
            boolean quiet = Patience.until(PATIENCE, () -> settled(application, drifts));
            screen.say("the application wrote " + many(application.writes()) + " times and crashed "
                    + application.crashes().size() + " times between its two writes");
            planted.addAll(application.crashes());
            application.finish();
            hourly(system, reports);
            return verify(mails, oracle, drifts, reports, quiet);
        }
    }

    private void crashes(MailApplication application, DriftWatch drifts) throws InterruptedException {
        screen.title("Crashes: the application commits a mail and dies before it writes the copy");
        Patience.until(PATIENCE, () -> application.crashes().size() >= CRASHES_FIRST);
        List<Planted> first = List.copyOf(application.crashes());
        Planted last = first.get(first.size() - 1);
        screen.say(first.size() + " crashes so far; the last: " + last.entity() + " (" + last.how() + ")");
        boolean found = Patience.until(PATIENCE, () -> isClosed(first, drifts));
        screen.say(
                found
                        ? "all of them proven by the fast way, and repaired"
                        : "NOT all were proven and repaired in time");
    }

    private void handEdits(LocalSystem system, MailSystem mails, MailOracle oracle, ReportWatch reports)
            throws InterruptedException, ExecutionException {
        screen.title("Hand edits in MongoDB, which no event tells of; the application goes on all the while");
        List<Planted> edits = new HandEdits(oracle, mails.documents(), seed + 2).plant();
        planted.addAll(edits);
        screen.say(edits.size() + " entities changed, removed or added by hand; a full run is asked for");
        ask(system, MailSystem.FULL_JOB);
        await(reports, MailSystem.FULL_JOB);
    }

    private void hourly(LocalSystem system, ReportWatch reports) throws InterruptedException, ExecutionException {
        screen.title("The hourly job, asked for now: outbox retry, comparison of what changed, clean-up");
        ask(system, MailSystem.HOURLY_JOB);
        await(reports, MailSystem.CLEAN_UP_JOB);
    }

    private boolean verify(MailSystem mails, MailOracle oracle, DriftWatch drifts, ReportWatch reports, boolean quiet)
            throws SQLException {
        List<String> errors = new ArrayList<>();
        if (!quiet) {
            errors.add("drifts stayed open: " + drifts.open());
        }
        errors.addAll(provenAgainstPlanted(drifts.proven()));
        errors.addAll(TargetAudit.errors(oracle, mails.documents()));
        List<Report> finals = reports.all().stream()
                .sorted(Comparator.comparing(Report::startedAt))
                .toList();
        try (Connection connection = mails.connect()) {
            SourceAudit source = new SourceAudit(connection);
            errors.addAll(source.errors(oracle));
        }
        errors.addAll(ReportAudit.errors(finals, planted));
        screen.title("Reports");
        screen.reports(finals);
        screen.title("Summary");
        screen.summary(planted, drifts.proven(), drifts.open());
        screen.errors(errors);
        if (errors.isEmpty()) {
            screen.say("every planted drift was found, proven, repaired and verified; nothing else was touched ("
                    + many(oracle.size()) + " entities compared)");
        }
        return errors.isEmpty();
    }

    private List<String> provenAgainstPlanted(Map<EntityKey, DriftClass> proven) {
        List<String> errors = new ArrayList<>();
        Map<EntityKey, DriftClass> left = new HashMap<>(proven);
        for (Planted one : planted) {
            DriftClass seen = left.remove(one.entity());
            if (seen != one.drift()) {
                errors.add(one.entity() + " (" + one.how() + ") was to be " + one.drift() + " and was proven " + seen);
            }
        }
        left.forEach((entity, drift) -> errors.add(entity + " was proven " + drift + ", and nobody planted it"));
        return errors;
    }

    private static boolean settled(MailApplication application, DriftWatch drifts) {
        return isClosed(application.crashes(), drifts) && drifts.open().isEmpty();
    }

    private static boolean isClosed(List<Planted> planted, DriftWatch drifts) {
        return planted.stream()
                .allMatch(one -> drifts.proven().containsKey(one.entity())
                        && !drifts.open().contains(one.entity()));
    }

    private static void ask(LocalSystem system, String job) throws InterruptedException, ExecutionException {
        Trigger trigger = new Trigger(job, null, null, null, null, null, "demo", "demo", null, null, null);
        try (Producer<byte[], byte[]> producer =
                new KafkaClients(system.config().kafka()).openProducer()) {
            producer.send(system.topics().manualTrigger.toRecord(job, trigger)).get();
        }
    }

    private void await(ReportWatch reports, String job) throws InterruptedException {
        boolean ended = Patience.until(
                PATIENCE,
                () -> reports.find(report ->
                                report.job().equals(job) && report.status().isFinal())
                        != null);
        if (!ended) {
            screen.say(job + " did NOT end within " + PATIENCE);
        }
    }

    private void progress(Report report) {
        if (report.job().equals(MailSystem.FULL_JOB)) {
            screen.progress(report);
        }
    }
}
