package io.plumbline.runtime;

/** A worker's handler threw: the batch was not committed and will be polled again. */
final class BatchFailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    BatchFailedException(int records, RuntimeException cause) {
        super("a batch of " + records + " could not be handled", cause);
    }
}
