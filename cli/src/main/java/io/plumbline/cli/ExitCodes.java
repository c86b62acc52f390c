package io.plumbline.cli;

import io.plumbline.topics.record.RunStatus;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the exit status says. */
public final class ExitCodes {

    public static final int COMPLETED = 0;
    public static final int FAILED = 1;
    public static final int USAGE = 2;
    public static final int HELD = 3;
    public static final int SKIPPED = 4;
    public static final int UNREACHABLE = 5;
    public static final int NOT_ENDED = 6;

    private ExitCodes() {}

    public static int of(RunStatus status) {
        return switch (status) {
            case COMPLETED -> COMPLETED;
            case COMPLETED_WITH_FAILURES, FAILED -> FAILED;
            case HELD -> HELD;
            case SKIPPED -> SKIPPED;
            case RUNNING -> NOT_ENDED;
        };
    }

    /** For {@code --help}. */
    static Map<String, String> described() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("0", "done; with --wait: completed");
        all.put("1", "with --wait: failed, or completed with failures");
        all.put("2", "wrong usage: an unknown option, job, run or schedule");
        all.put("3", "with --wait: held by the breaker; look at it, then approve it");
        all.put("4", "with --wait: skipped");
        all.put("5", "no cluster answers, or it holds no Plumbline");
        all.put("6", "with --wait: not ended within --timeout");
        return all;
    }
}
