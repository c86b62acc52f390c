package io.plumbline.runtime;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Told when a part has stopped for good, without committing what it could not do: Kafka stayed away, or a bug. */
@FunctionalInterface
public interface FatalHandler {

    void fatal(String part, Throwable cause);

    /** Ends the process, to be restarted from outside. */
    static FatalHandler exitProcess() {
        Logger log = LoggerFactory.getLogger(FatalHandler.class);
        return (part, cause) -> {
            log.error("{} stopped and cannot go on; the process ends and must be restarted", part, cause);
            // A thread of its own: the shutdown hooks wait for the part that calls this.
            Thread.ofPlatform().name("fatal-exit").start(() -> System.exit(ExitStatus.FAILED.code()));
        };
    }
}
