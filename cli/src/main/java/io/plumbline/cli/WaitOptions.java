package io.plumbline.cli;

import io.plumbline.runtime.config.DurationText;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of commands that start a run. */
final class WaitOptions {

    @Option(names = "--wait", description = "Wait until the run has ended; the exit status then says how.")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = Durations.class,
            description = "With --wait: for so long at most, such as 30m (default: until it has ended).")
    private @Nullable Duration timeout;

    @Option(
            names = "--request-id",
            paramLabel = "ID",
            description = "The request's id: the same request twice is one run (default: a new one).")
    private @Nullable String requestId;

    boolean isWaiting() {
        return wait;
    }

    @Nullable
    Duration timeout() {
        return timeout;
    }

    String requestId() {
        return requestId == null ? UUID.randomUUID().toString() : requestId;
    }

    /** Durations as in the configuration file. */
    static final class Durations implements ITypeConverter<Duration> {

        @Override
        public Duration convert(String text) {
            try {
                return DurationText.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
