package io.plumbline.runtime;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of this process as far as its own parts ask for it. What they said first is why it ends: that closing them
 * then takes long or fails changes nothing.
 */
final class ProcessEnd implements FatalHandler {

    /** The one of this process, for there is one end: whoever asks for it and whoever closes the app share it. */
    static final ProcessEnd OF_THIS_PROCESS = new ProcessEnd(System::exit);

    private static final Logger LOG = LoggerFactory.getLogger(ProcessEnd.class);

    private final IntConsumer exit;
    private final AtomicBoolean asked = new AtomicBoolean();

    /** @param exit ends the process in order, with that status; it does not return before */
    ProcessEnd(IntConsumer exit) {
        this.exit = exit;
    }

    @Override
    public void fatal(String part, Throwable cause) {
        LOG.error("{} stopped and cannot go on; the process ends and must be restarted", part, cause);
        asked.set(true);
        // A thread of its own: the shutdown hooks wait for the part that calls this.
        Thread.ofPlatform().name("fatal-exit").start(() -> exit.accept(ExitStatus.FAILED.code()));
    }

    /** With what status the process ends where, from now on, its parts do not end in order. */
    ExitStatus whenNotInOrder() {
        return asked.get() ? ExitStatus.FAILED : ExitStatus.NOT_IN_ORDER;
    }
}
