package io.plumbline.reconciler.cases;

import io.plumbline.topics.record.EntityKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Ids of repairs: a digest of the entity, the case and the command's number within it. */
final class RepairIds {

    private static final int DIGEST_BYTES = 10;

    private RepairIds() {}

    static String of(EntityKey entity, String caseId, int command) {
        byte[] digest = sha256().digest(entity.text().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES) + "-" + caseId + "-" + command;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
