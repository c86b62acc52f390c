package io.plumbline.local.demo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.model.Updates;
import io.plumbline.topics.record.DriftClass;
import io.plumbline.topics.record.EntityKey;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bson.Document;

/** Drift made by hand in MongoDB, of every kind, which no event tells of. The same seed makes the same edits. */
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

    HandEdits(MailOracle oracle, MailDocuments documents, long seed) {
        this.oracle = oracle;
        this.documents = documents;
        this.random = new Random(seed);
    }

    /** Plants all of them while the application holds still; the oracle knows how each entity has to be in the end. */
    List<Planted> plant() {
        int before = planted.size();
        synchronized (oracle) {
            repeat(AMOUNTS, this::changeAmount);
            repeat(REFERENCES, this::changeReference);
            repeat(REMOVED_ELEMENTS, this::removeElement);
            repeat(ADDED_ELEMENTS, this::addElement);
            repeat(REMOVED_DOCUMENTS, this::removeDocument);
            for (int i = 0; i < ADDED_DOCUMENTS; i++) {
                addDocument("1999/" + (planted.size() + i));
            }
        }
        return List.copyOf(planted.subList(before, planted.size()));
    }

    private void changeAmount() {
        Claim claim = oracle.anyClaim(random, any -> true);
        setInElement(
                claim, MailDocuments.AMOUNT, claim.amount().add(BigDecimal.TEN).doubleValue());
        planted(claim.entity(), DriftClass.DIFFERENT, "amount changed");
    }

    private void changeReference() {
        Claim claim = oracle.anyClaim(random, any -> any.reference() != null);
        setInElement(claim, MailDocuments.REFERENCE, random.nextBoolean() ? "" : "see letter");
        planted(claim.entity(), DriftClass.DIFFERENT, "reference changed");
    }

    private void removeElement() {
        Claim claim = oracle.anyClaim(random, any -> true);
        documents
                .collection()
                .updateOne(
                        eq("_id", claim.documentId()),
                        Updates.pull(MailDocuments.ARRAY, new Document(MailDocuments.CREDITOR, claim.creditor())));
        oracle.put(claim.withoutNote());
        planted(claim.entity(), DriftClass.MISSING, "element removed");
    }

    private void addElement() {
        String fileNumber = oracle.anyClaim(random, any -> true).fileNumber();
        Claim invented = new Claim(
                fileNumber, "Debt Collector " + planted.size(), MailLoader.amount(random), null, null, 0, null);
        documents
                .collection()
                .updateOne(
                        eq("_id", invented.documentId()),
                        Updates.push(MailDocuments.ARRAY, MailDocuments.element(invented)));
        planted(invented.entity(), DriftClass.EXTRA, "element added");
    }

    private void removeDocument() {
        String fileNumber = oracle.anyClient(random);
        List<Claim> claims = List.copyOf(oracle.of(fileNumber).values());
        if (oracle.name(fileNumber) == null || claims.stream().anyMatch(claim -> oracle.isReserved(claim.entity()))) {
            removeDocument();
            return;
        }
        documents.collection().deleteOne(eq("_id", Claim.documentId(fileNumber)));
        oracle.nameIs(fileNumber, null);
        for (Claim claim : claims) {
            oracle.put(claim.withoutNote());
            planted(claim.entity(), DriftClass.MISSING, "document removed");
        }
    }

    private void addDocument(String fileNumber) {
        List<Claim> invented = MailLoader.CREDITORS.subList(0, 1 + random.nextInt(3)).stream()
                .map(creditor -> new Claim(fileNumber, creditor, MailLoader.amount(random), null, null, 0, null))
                .toList();
        documents.collection().insertOne(MailDocuments.document(fileNumber, "Unknown", invented));
        // What is left of it once its elements are gone: nobody said that the document may go.
        oracle.addClient(fileNumber, "Unknown");
        invented.forEach(claim -> planted(claim.entity(), DriftClass.EXTRA, "document added"));
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

    private void planted(EntityKey entity, DriftClass drift, String how) {
        oracle.reserve(entity);
        planted.add(new Planted(entity, drift, how));
    }

    private static void repeat(int times, Runnable edit) {
        for (int i = 0; i < times; i++) {
            edit.run();
        }
    }
}
