package io.plumbline.bench;

import java.util.stream.LongStream;

/** Changes of rows at an even rate, each said in the outbox; one in fifty is not copied and becomes a drift. */
final class ChangeLoad {

    private static final int HARMFUL = 50;
    private static final int TRANSACTION = 100;

    private final ChangingApplication application;
    private final long rows;
    private final long startMs;
    private long written;

    ChangeLoad(ChangingApplication application, long rows, long startMs) {
        this.application = application;
        this.rows = rows;
        this.startMs = startMs;
    }

    /** Commits what is due at a time, at so many changes a second. */
    void deliver(long nowMs, double perSecond) {
        long due = (long) ((nowMs - startMs) * perSecond / 1_000);
        while (written < due) {
            long until = Math.min(due, written + TRANSACTION);
            application.change(ids(written, until, false), ids(written, until, true));
            written = until;
        }
    }

    long delivered() {
        return written;
    }

    private long[] ids(long from, long until, boolean harmful) {
        return LongStream.range(from, until)
                .filter(number -> (number % HARMFUL == HARMFUL - 1) == harmful)
                .map(number -> number % rows + 1)
                .toArray();
    }
}
