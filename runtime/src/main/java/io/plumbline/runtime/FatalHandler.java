package io.plumbline.runtime;

/** Told when a part has stopped for good, without committing what it could not do: Kafka stayed away, or a bug. */
@FunctionalInterface
public interface FatalHandler {

    void fatal(String part, Throwable cause);

    /** Ends the process, to be restarted from outside. */
    static FatalHandler exitProcess() {
        return ProcessEnd.OF_THIS_PROCESS;
    }
}
