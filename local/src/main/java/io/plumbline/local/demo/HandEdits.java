package io.plumbline.local.demo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.model.Updates;
import io.plumbline.topics.record.DriftClass;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bson.Document;

/**
 * Drift made by hand in MongoDB, of every kind, which no event tells of. What is to be edited is chosen, and reserved,
 * before the application starts, so that the same seed makes the same edits whatever the application does meanwhile.
 */
final class HandEdits {

    private static final int AMOUNTS = 20;
    private static final int REFERENCES = 10;
    private static final int REMOVED_ELEMENTS = 15;
    private static final int ADDED_ELEMENTS = 10;
    private static final int REMOVED_DOCUMENTS = 4;
    private static final int ADDED_DOCUMENTS = 3;

    private final MailOracle oracle;
    private final MailDocuments documents;
    private final Random random;
    private final List<Planted> planted = new ArrayList<>();
    private final List<Runnable> edits = new ArrayList<>();

    /** @param times how often each kind of edit is made */
    HandEdits(MailOracle oracle, MailDocuments documents, long seed, int times) {
        this.oracle = oracle;
        this.documents = documents;
        this.random = new Random(seed);
        repeat(REMOVED_DOCUMENTS * times, this::removeDocument);
        repeat(AMOUNTS * times, this::changeAmount);
        repeat(REFERENCES * times, this::changeReference);
        repeat(REMOVED_ELEMENTS * times, this::removeElement);
        repeat(ADDED_ELEMENTS * times, this::addElement);
        repeat(ADDED_DOCUMENTS * times, this::addDocument);
    }

    /** Makes all of them while the application holds still; the oracle knows how each entity has to be in the end. */
    List<Planted> plant() {
        synchronized (oracle) {
            edits.forEach(Runnable::run);
        }
        return planted;
    }

    private void changeAmount() {
        Claim claim = oracle.anyClaim(random, any -> true);
        double wrong = claim.amount().add(BigDecimal.TEN).doubleValue();
        plan(claim, DriftClass.DIFFERENT, "amount changed", () -> setInElement(claim, MailDocuments.AMOUNT, wrong));
    }

    private void changeReference() {
        Claim claim = oracle.anyClaim(random, any -> any.reference() != null);
        String wrong = random.nextBoolean() ? "" : "see letter";
        plan(
                claim,
                DriftClass.DIFFERENT,
                "reference changed",
                () -> setInElement(claim, MailDocuments.REFERENCE, wrong));
    }

    private void removeElement() {
        Claim claim = oracle.anyClaim(random, any -> true);
        Document element = new Document(MailDocuments.CREDITOR, claim.creditor());
        plan(claim, DriftClass.MISSING, "element removed", () -> {
            documents.collection().updateOne(eq("_id", claim.documentId()), Updates.pull(MailDocuments.ARRAY, element));
            oracle.put(claim.withoutNote());
        });
    }

    private void addElement() {
        String fileNumber = oracle.anyClaim(random, any -> true).fileNumber();
        Claim invented = invented(fileNumber, "Debt Collector " + planted.size());
        plan(
                invented,
                DriftClass.EXTRA,
                "element added",
                () -> documents
                        .collection()
                        .updateOne(
                                eq("_id", invented.documentId()),
                                Updates.push(MailDocuments.ARRAY, MailDocuments.element(invented))));
    }

    private void removeDocument() {
        String fileNumber = oracle.anyClient(random);
        if (oracle.isReserved(fileNumber)) {
            removeDocument();
            return;
        }
        oracle.reserve(fileNumber);
        for (Claim claim : oracle.of(fileNumber).values()) {
            plan(claim, DriftClass.MISSING, "document removed", () -> oracle.put(claim.withoutNote()));
        }
        edits.add(() -> {
            documents.collection().deleteOne(eq("_id", Claim.documentId(fileNumber)));
            oracle.nameIs(fileNumber, null);
        });
    }

    private void addDocument() {
        String fileNumber = "1999/" + planted.size();
        List<Claim> invented = MailLoader.CREDITORS.subList(0, 1 + random.nextInt(3)).stream()
                .map(creditor -> invented(fileNumber, creditor))
                .toList();
        oracle.reserve(fileNumber);
        invented.forEach(claim -> plan(claim, DriftClass.EXTRA, "document added", () -> {}));
        edits.add(() -> {
            documents.collection().insertOne(MailDocuments.document(fileNumber, "Unknown", invented));
            // What is left of it once its elements are gone: nobody said that the document may go.
            oracle.addClient(fileNumber, "Unknown");
        });
    }

    private Claim invented(String fileNumber, String creditor) {
        return new Claim(fileNumber, creditor, MailLoader.amount(random), null, null, 0, null);
    }

    private void setInElement(Claim claim, String field, Object value) {
        documents
                .collection()
                .updateOne(
                        and(
                                eq("_id", claim.documentId()),
                                eq(MailDocuments.ARRAY + "." + MailDocuments.CREDITOR, claim.creditor())),
                        Updates.set(MailDocuments.ARRAY + ".$." + field, value));
    }

    private void plan(Claim claim, DriftClass drift, String how, Runnable edit) {
        oracle.reserve(claim.entity());
        planted.add(new Planted(claim.entity(), drift, how));
        edits.add(edit);
    }

    private static void repeat(int times, Runnable choice) {
        for (int i = 0; i < times; i++) {
            choice.run();
        }
    }
}
