package io.plumbline.local.demo;

import static io.plumbline.local.demo.DemoScreen.many;

import io.plumbline.local.exchange.SimulatedMarket;
import io.plumbline.topics.record.DriftClass;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.Report;
import io.plumbline.topics.record.Trigger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * The demo.
 *
 * <ol>
 *   <li>start the whole system; fill both stores alike; start the application, which goes on writing until the end and
 *       crashes between its two writes now and then;
 *   <li>crashes: the fast way sees, proves and repairs them within seconds;
 *   <li>hand edits, which no event tells of: a full run, asked for by a trigger, finds and repairs them;
 *   <li>candles: what a feed has lost since the start is back already; what was taken out of the cache by hand, a scan of
 *       the cache finds, and it is filled;
 *   <li>the hourly job, asked for likewise: outbox retry, comparison of what changed, clean-up;
 *   <li>all of the stores, the drifts and the reports are held against the oracle.
 * </ol>
 */
final class Demo {

    /** Of every trigger: a job takes each request id once. */
    private static final String REQUEST = "demo";

    private static final int CRASHES = 20;
    private static final int CRASHES_FIRST = 8;
    private static final int CANDLES_REMOVED = 5;
    private static final Duration SCAN_WINDOW = Duration.ofHours(7);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(25);

    private final long seed;
    private final int clients;
    private final int handEdits;
    private final DemoScreen screen;
    private final List<Planted> planted = new ArrayList<>();

    /**
     * @param clients documents to begin with
     * @param handEdits how often each kind of hand edit is made
     */
    Demo(long seed, int clients, int handEdits, DemoScreen screen) {
        this.seed = seed;
        this.clients = clients;
        this.handEdits = handEdits;
        this.screen = screen;
    }

    /** Returns whether everything was found, proven, repaired and verified, and nothing else was touched. */
    boolean run() throws Exception {
        screen.title("Start: Kafka, PostgreSQL, a MongoDB protocol server, Redis, and all apps, in one JVM");
        Clock clock = Clock.systemUTC();
        SimulatedMarket market = Prices.market(clock.instant());
        try (MailScene scene =
                        MailScene.start(MailSystem.config(), market, seed, clients, screen::say, this::progress);
                MarketScene prices = new MarketScene(scene.system(), market, seed + 3, clock);
                MailApplication application = scene.application(seed + 1, CRASHES, PAUSE)) {
            HandEdits edits = new HandEdits(scene.oracle(), scene.documents(), seed + 2, handEdits);
            application.start();
            prices.start();
            screen.say("a feed streams " + prices.series() + " series of candles, and loses some");
            crashes(application, scene.drifts());
            handEdits(scene, edits);
            boolean quiet = Patience.until(PATIENCE, () -> settled(application, scene.drifts()));
            application.finish();
            screen.say("the application wrote " + many(application.writes()) + " times and crashed "
                    + application.crashes().size() + " times between its two writes");
            planted.addAll(application.crashes());
            candles(scene, prices);
            hourly(scene);
            return verify(scene, prices, quiet);
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

    private void handEdits(MailScene scene, HandEdits edits) throws InterruptedException, ExecutionException {
        screen.title("Hand edits in MongoDB, which no event tells of; the application goes on all the while");
        planted.addAll(edits.plant());
        screen.say(planted.size() + " entities changed, removed or added by hand; a full run is asked for");
        ask(scene, MailSystem.FULL_JOB);
        await(scene, MailSystem.FULL_JOB);
    }

    private void candles(MailScene scene, MarketScene prices) throws InterruptedException, ExecutionException {
        screen.title("Candles: what the feed lost is in no cache; some more are taken out of it by hand");
        prices.removeByHand(seed + 4, CANDLES_REMOVED);
        screen.say("of " + prices.series() + " series " + prices.count(Delivery.LOST) + " candles were lost, "
                + prices.count(Delivery.NOT_CACHED) + " did not reach the cache, " + prices.count(Delivery.REMOVED)
                + " were removed, " + prices.untraded() + " slots have none; a scan of the cache is asked for");
        scene.ask(new Trigger(
                MarketScene.SCAN_JOB, null, SCAN_WINDOW, null, null, null, "demo", REQUEST, null, null, null));
        await(scene, MarketScene.SCAN_JOB);
    }

    private void hourly(MailScene scene) throws InterruptedException, ExecutionException {
        screen.title("The hourly job, asked for now: outbox retry, comparison of what changed, clean-up");
        ask(scene, MailSystem.HOURLY_JOB);
        await(scene, MailSystem.CLEAN_UP_JOB);
    }

    private boolean verify(MailScene scene, MarketScene prices, boolean quiet)
            throws SQLException, InterruptedException, ExecutionException {
        List<String> errors = new ArrayList<>();
        if (!quiet) {
            errors.add("drifts stayed open: " + scene.drifts().open());
        }
        errors.addAll(provenAgainstPlanted(scene.drifts().proven()));
        errors.addAll(TargetAudit.errors(scene.oracle(), scene.documents()));
        List<Report> finals = scene.reports().all().stream()
                .sorted(Comparator.comparing(Report::startedAt))
                .toList();
        try (Connection connection = scene.connect()) {
            errors.addAll(new SourceAudit(connection).errors(scene.oracle(), finals));
        }
        errors.addAll(ReportAudit.errors(finals, planted));
        prices.finish();
        boolean candlesSettled = Patience.until(PATIENCE, () -> prices.errors().isEmpty());
        if (!candlesSettled) {
            errors.addAll(prices.errors());
        }
        screen.title("Reports");
        screen.reports(ofCandles(finals, false));
        screen.reports(ofCandles(finals, true));
        screen.title("Summary");
        screen.summary(planted, scene.drifts().proven(), scene.drifts().open());
        screen.candles(prices);
        screen.errors(errors);
        if (errors.isEmpty()) {
            screen.say("every planted drift was found, proven, repaired and verified; nothing else was touched ("
                    + many(scene.oracle().size()) + " entities compared)");
            screen.say("every lost candle is back in the cache as the exchange has it, every slot without trades is"
                    + " verified, no other was changed (" + prices.requests() + " requests)");
        }
        return errors.isEmpty();
    }

    private static List<Report> ofCandles(List<Report> reports, boolean candles) {
        return reports.stream()
                .filter(report -> report.kind().equals("candles") == candles)
                .toList();
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
        return application.crashes().size() == CRASHES
                && isClosed(application.crashes(), drifts)
                && drifts.open().isEmpty();
    }

    private static boolean isClosed(List<Planted> planted, DriftWatch drifts) {
        return planted.stream()
                .allMatch(one -> drifts.proven().containsKey(one.entity())
                        && !drifts.open().contains(one.entity()));
    }

    private static void ask(MailScene scene, String job) throws InterruptedException, ExecutionException {
        scene.ask(new Trigger(job, null, null, null, null, null, "demo", REQUEST, null, null, null));
    }

    private void await(MailScene scene, String job) throws InterruptedException {
        if (scene.ended(job, REQUEST, PATIENCE) == null) {
            screen.say(job + " did NOT end within " + PATIENCE);
        }
    }

    private void progress(Report report) {
        if (report.job().equals(MailSystem.FULL_JOB)) {
            screen.progress(report);
        }
    }
}
