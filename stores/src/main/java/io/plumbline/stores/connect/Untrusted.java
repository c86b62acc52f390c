package io.plumbline.stores.connect;

import java.security.cert.CertificateException;
import org.jspecify.annotations.Nullable;

/**
 * Tells that a server has shown a certificate that is not trusted: it may be there, and still nobody may speak to it. A
 * handshake that was merely cut off is an absence.
 */
public final class Untrusted {

    private static final String VALIDATOR = "ValidatorException: ";

    private Untrusted() {}

    /** Why the certificate is not trusted; {@code null} where the failure is another. */
    public static @Nullable String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return String.valueOf(cause.getMessage());
            }
        }
        // MongoDB's driver only writes down the reasons for which it found no server in time.
        String text = String.valueOf(failure.getMessage());
        int at = text.indexOf(VALIDATOR);
        return at < 0 ? null : text.substring(at + VALIDATOR.length()).split("}", 2)[0];
    }
}
