package io.plumbline.reconciler.feed;

import org.jspecify.annotations.Nullable;

/** Change capture has ended by itself. */
final class CaptureFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CaptureFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
