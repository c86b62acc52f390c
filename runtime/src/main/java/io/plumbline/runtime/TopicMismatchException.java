package io.plumbline.runtime;

import java.util.List;

/** Topics that exist but contradict their declaration; every text says what to do. */
public final class TopicMismatchException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public TopicMismatchException(List<String> errors) {
        super("topics contradict their declaration:\n  " + String.join("\n  ", errors));
    }
}
