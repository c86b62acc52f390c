package io.plumbline.local;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes what is to end anyway: a failure is logged, so that the rest is closed too. */
final class Closing {

    private static final Logger log = LoggerFactory.getLogger(Closing.class);

    private Closing() {}

    static void quietly(AutoCloseable part) {
        try {
            part.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) { // AutoCloseable declares no less
            log.warn("{} did not end cleanly", part, e);
        }
    }
}
