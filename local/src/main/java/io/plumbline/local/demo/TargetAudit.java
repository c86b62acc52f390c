package io.plumbline.local.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/** Holds every document against the oracle: what had to be repaired is, and nothing else was touched. */
final class TargetAudit {

    private static final Set<String> DOCUMENT_FIELDS = Set.of("_id", MailDocuments.NAME, MailDocuments.ARRAY);
    private static final Set<String> ELEMENT_FIELDS =
            Set.of(MailDocuments.CREDITOR, MailDocuments.AMOUNT, MailDocuments.REFERENCE, MailDocuments.NOTE);

    private final MailOracle oracle;
    private final List<String> errors = new ArrayList<>();

    private TargetAudit(MailOracle oracle) {
        this.oracle = oracle;
    }

    /** What is not as it has to be; empty where all is. */
    static List<String> errors(MailOracle oracle, MailDocuments documents) {
        TargetAudit audit = new TargetAudit(oracle);
        Map<String, Document> found = new HashMap<>();
        for (Document document : documents.collection().find()) {
            found.put(document.getString("_id"), document);
        }
        for (String fileNumber : oracle.fileNumbers()) {
            Document document = found.remove(Claim.documentId(fileNumber));
            if (document == null) {
                audit.errors.add(fileNumber + " has no document");
            } else {
                audit.compare(fileNumber, document);
            }
        }
        found.keySet().forEach(id -> audit.errors.add("the document " + id + " belongs to no client"));
        return audit.errors;
    }

    private void compare(String fileNumber, Document document) {
        if (!DOCUMENT_FIELDS.containsAll(document.keySet())) {
            errors.add(fileNumber + " has other fields: " + document.keySet());
        }
        check(fileNumber, MailDocuments.NAME, oracle.name(fileNumber), document.get(MailDocuments.NAME));
        Set<String> seen = new HashSet<>();
        for (Document element : document.getList(MailDocuments.ARRAY, Document.class)) {
            String creditor = element.getString(MailDocuments.CREDITOR);
            Claim claim = oracle.of(fileNumber).get(creditor);
            if (claim == null || !seen.add(creditor)) {
                errors.add(fileNumber + " has an element of " + creditor + " too many");
            } else {
                compare(claim, element);
            }
        }
        oracle.of(fileNumber).keySet().stream()
                .filter(creditor -> !seen.contains(creditor))
                .forEach(creditor -> errors.add(fileNumber + " has no element of " + creditor));
    }

    private void compare(Claim claim, Document element) {
        String where = claim.entity().text();
        if (!ELEMENT_FIELDS.containsAll(element.keySet())) {
            errors.add(where + " has other fields: " + element.keySet());
        }
        check(where, MailDocuments.AMOUNT, cents(claim.amount()), cents(number(element.get(MailDocuments.AMOUNT))));
        check(where, MailDocuments.REFERENCE, claim.reference(), text(element.get(MailDocuments.REFERENCE)));
        check(where, MailDocuments.NOTE, claim.note(), element.get(MailDocuments.NOTE));
    }

    private void check(String where, String field, @Nullable Object expected, @Nullable Object actual) {
        if (!Objects.equals(expected, actual)) {
            errors.add(where + ": " + field + " is " + actual + " and should be " + expected);
        }
    }

    private static @Nullable BigDecimal number(@Nullable Object value) {
        if (value instanceof Decimal128 decimal) {
            return decimal.bigDecimalValue();
        }
        return value instanceof Number number ? new BigDecimal(number.toString()) : null;
    }

    private static @Nullable BigDecimal cents(@Nullable BigDecimal amount) {
        return amount == null ? null : amount.setScale(2, RoundingMode.HALF_EVEN);
    }

    /** Blanks around it, and the difference between empty and absent, are declared not to matter. */
    private static @Nullable String text(@Nullable Object value) {
        String text = value == null ? "" : value.toString().strip();
        return text.isEmpty() ? null : text;
    }
}
