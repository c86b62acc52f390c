package io.plumbline.cli;

/** A command cannot do what was asked; the message says what to do, the exit status says the kind. */
public final class CliException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int exitCode;

    CliException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
