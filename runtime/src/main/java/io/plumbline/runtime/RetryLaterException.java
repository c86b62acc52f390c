package io.plumbline.runtime;

/**
 * A handler's word that what it needs is away, and that it can answer nothing without it. The batch is handed over again,
 * after pauses, for as long as it takes: it never counts as a failure that ends the process.
 */
public final class RetryLaterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RetryLaterException(RuntimeException cause) {
        super(cause.getMessage(), cause);
    }
}
