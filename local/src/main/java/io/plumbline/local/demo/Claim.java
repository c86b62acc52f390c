package io.plumbline.local.demo;

import io.plumbline.topics.record.EntityKey;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What one creditor's newest mail says about one client's file, and thus what the element in the client's document has to
 * hold.
 *
 * @param fileNumber as the mails spell it, {@code 2007/255}
 * @param reference the creditor's own; {@code null} where the mail had none
 * @param note a clerk's note in the element, which no mail knows of and nobody but the clerk may change
 * @param mailId the newest mail's
 * @param olderMailId of one that came before it
 */
record Claim(
        String fileNumber,
        String creditor,
        BigDecimal amount,
        @Nullable String reference,
        @Nullable String note,
        long mailId,
        @Nullable Long olderMailId) {

    /** As the documents spell it, {@code 2007_255}. */
    String documentId() {
        return documentId(fileNumber);
    }

    static String documentId(String fileNumber) {
        return fileNumber.replace('/', '_');
    }

    EntityKey entity() {
        return EntityKey.of(MailSystem.DATASET, documentId(), creditor);
    }

    Claim answered(BigDecimal amount, @Nullable String reference, long mailId) {
        return new Claim(fileNumber, creditor, amount, reference, note, mailId, this.mailId);
    }

    Claim corrected(BigDecimal amount) {
        return new Claim(fileNumber, creditor, amount, reference, note, mailId, olderMailId);
    }

    /** As it is when the element was lost and written anew: a note cannot be brought back. */
    Claim withoutNote() {
        return new Claim(fileNumber, creditor, amount, reference, null, mailId, olderMailId);
    }
}
