package io.plumbline.reconciler.notify;

import io.plumbline.topics.config.NotificationsConfig.Severity;

/**
 * Something to tell.
 *
 * @param text one line that says what happened, to what, and where to look
 */
record Notice(Kind kind, Severity severity, String text) {

    /** What it is about; each is limited by itself. */
    enum Kind {
        RUN("run"),
        DRIFT("drift"),
        DEAD_LETTER("dead-letter");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }
}
