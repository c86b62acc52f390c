package io.plumbline.local.demo;

import com.mongodb.MongoException;
import io.plumbline.topics.record.DriftClass;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The mail application: a thread that goes on writing both stores, first PostgreSQL, then its copy in MongoDB. Now
 * and then it "crashes" between the two: the mail is committed, its copy never written.
 */
final class MailApplication implements AutoCloseable {

    private static final int CRASH_EVERY = 25;
    private static final int[] CRASHING_KINDS = {0, 60, 80, 0, 93};

    private final MailOracle oracle;
    private final MailTables tables;
    private final MailDocuments documents;
    private final Random random;
    private final int mostCrashes;
    private final Duration pause;
    private final List<Planted> crashes = new CopyOnWriteArrayList<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "mail-application");
    private final AtomicInteger writes = new AtomicInteger();
    private volatile @Nullable Exception failure;

    /**
     * @param mostCrashes how often it crashes in all
     * @param pause between two writes
     */
    MailApplication(
            MailOracle oracle, MailTables tables, MailDocuments documents, long seed, int mostCrashes, Duration pause) {
        this.oracle = oracle;
        this.tables = tables;
        this.documents = documents;
        this.random = new Random(seed);
        this.mostCrashes = mostCrashes;
        this.pause = pause;
    }

    void start() {
        thread.start();
    }

    List<Planted> crashes() {
        return crashes;
    }

    int writes() {
        return writes.get();
    }

    /** Waits until a failure ends it; throws that. */
    void awaitFailure() throws InterruptedException {
        thread.join();
        finish();
    }

    /** Ends it after the write at hand; throws where one has failed. */
    void finish() throws InterruptedException {
        stopping.countDown();
        thread.join();
        if (failure != null) {
            throw new IllegalStateException("the application failed", failure);
        }
    }

    @Override
    public void close() throws SQLException {
        stopping.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        tables.close();
    }

    private void run() {
        try {
            while (!stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                synchronized (oracle) {
                    step(writes.incrementAndGet() % CRASH_EVERY == 0 && crashes.size() < mostCrashes);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException | MongoException e) {
            failure = e;
        }
    }

    private void step(boolean crash) throws SQLException {
        // Crashes come by turns, so that there are some of each kind.
        int kind = crash ? CRASHING_KINDS[crashes.size() % CRASHING_KINDS.length] : random.nextInt(100);
        if (kind < 60) {
            answerAgain(crash);
        } else if (kind < 75) {
            correctNewest(crash);
        } else if (kind < 80) {
            correctOlder();
        } else if (kind < 93) {
            answerFirst(crash);
        } else {
            newClient(crash);
        }
    }

    /** An older mail decides nothing, and must not flip the copy back. */
    private void correctOlder() throws SQLException {
        Claim claim = oracle.anyClaim(random, any -> any.olderMailId() != null);
        if (claim.olderMailId() != null) {
            tables.correct(claim.olderMailId(), claim, MailLoader.amount(random));
        }
    }

    private void answerAgain(boolean crash) throws SQLException {
        Claim claim = oracle.anyClaim(random, any -> true);
        BigDecimal amount = otherAmount(claim);
        String name = "Client of " + claim.fileNumber();
        long id = tables.receive(name, claim.fileNumber(), claim.creditor(), amount, claim.reference());
        changed(claim.answered(amount, claim.reference(), id), crash);
    }

    private void correctNewest(boolean crash) throws SQLException {
        Claim claim = oracle.anyClaim(random, any -> true);
        BigDecimal amount = otherAmount(claim);
        tables.correct(claim.mailId(), claim, amount);
        changed(claim.corrected(amount), crash);
    }

    private void changed(Claim claim, boolean crash) {
        oracle.put(claim);
        if (crash) {
            crashed(claim, DriftClass.DIFFERENT, "mail committed, element left as it was");
        } else {
            documents.copy(claim);
        }
    }

    private void answerFirst(boolean crash) throws SQLException {
        String fileNumber = oracle.freeClient(random);
        Map<String, Claim> known = oracle.of(fileNumber);
        String creditor = MailLoader.CREDITORS.stream()
                .filter(candidate -> !known.containsKey(candidate))
                .findFirst()
                .orElse(null);
        if (creditor == null) {
            answerAgain(crash);
            return;
        }
        BigDecimal amount = MailLoader.amount(random);
        long id = tables.receive("Client of " + fileNumber, fileNumber, creditor, amount, null);
        Claim claim = new Claim(fileNumber, creditor, amount, null, null, id, null);
        oracle.put(claim);
        if (crash) {
            crashed(claim, DriftClass.MISSING, "mail committed, element never written");
        } else {
            documents.copy(claim);
        }
    }

    private void newClient(boolean crash) throws SQLException {
        int number = oracle.fileNumbers().size();
        String fileNumber = MailLoader.fileNumber(number);
        String creditor = MailLoader.CREDITORS.get(random.nextInt(MailLoader.CREDITORS.size()));
        BigDecimal amount = MailLoader.amount(random);
        long id = tables.receive(MailLoader.name(number), fileNumber, creditor, amount, null);
        Claim claim = new Claim(fileNumber, creditor, amount, null, null, id, null);
        oracle.addClient(fileNumber, crash ? null : MailLoader.name(number));
        oracle.put(claim);
        if (crash) {
            // Without its document the application cannot give the client another element.
            oracle.reserve(fileNumber);
            crashed(claim, DriftClass.MISSING, "mail committed, document never written");
        } else {
            documents.insert(fileNumber, MailLoader.name(number), claim);
        }
    }

    private void crashed(Claim claim, DriftClass drift, String how) {
        oracle.reserve(claim.entity());
        crashes.add(new Planted(claim.entity(), drift, how));
    }

    private BigDecimal otherAmount(Claim claim) {
        BigDecimal amount = MailLoader.amount(random);
        return amount.compareTo(claim.amount()) == 0 ? amount.add(BigDecimal.ONE) : amount;
    }
}
