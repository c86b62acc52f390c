package io.plumbline.topics.record;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The ids of runs. They follow from what asked for the run, so that the same request twice is one run. */
public final class RunIds {

    private static final String CONTINUOUS = ".continuous.";
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH").withZone(ZoneOffset.UTC);

    private RunIds() {}

    public static String tick(String job, Instant nominal) {
        return job + "." + nominal;
    }

    public static String manual(String job, String requestId) {
        return job + "." + requestId;
    }

    public static String after(String job, String precedingRun) {
        return job + ".after." + precedingRun;
    }

    public static String approve(String job, String requestId) {
        return job + ".approve." + requestId;
    }

    public static String undo(String job, String requestId) {
        return job + ".undo." + requestId;
    }

    /** The run that what the streams find about a dataset in that hour (UTC) belongs to. */
    public static String continuous(String dataset, Instant at) {
        return dataset + CONTINUOUS + HOUR.format(at);
    }

    /** When the hour of a dataset's continuous run ends; {@code null} where the id is not one of a continuous run. */
    public static @Nullable Instant continuousEnd(String dataset, String runId) {
        if (!runId.startsWith(dataset + CONTINUOUS)) {
            return null;
        }
        try {
            String hour = runId.substring(dataset.length() + CONTINUOUS.length());
            return LocalDateTime.parse(hour, HOUR).toInstant(ZoneOffset.UTC).plus(1, ChronoUnit.HOURS);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
