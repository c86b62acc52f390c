package io.plumbline.cli;

import io.plumbline.topics.record.Job;
import io.plumbline.topics.record.Trace;
import io.plumbline.topics.record.Trigger;
import io.plumbline.topics.record.WhenBusy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code trigger JOB}: asks for a run. */
@Command(name = "trigger", description = "Starts a run of a job.")
final class TriggerCommand extends ClientCommand {

    @Parameters(paramLabel = "JOB", description = "The job; 'jobs' lists them.")
    private String job = "";

    @ArgGroup
    private @Nullable Extent extent;

    @Option(names = "--dry-run", description = "Compare and report, repair nothing.")
    private boolean dryRun;

    @Option(
            names = "--skip-if-busy",
            description = "Do not queue while another run of the same group goes on, but be skipped.")
    private boolean skipIfBusy;

    @Option(
            names = "--traceparent",
            paramLabel = "CONTEXT",
            converter = Traceparents.class,
            description = "W3C trace context of the caller; it goes with the run to its report, in headers.")
    private @Nullable String traceparent;

    @Mixin
    private final WaitOptions waiting = new WaitOptions();

    /** Everything, or a part. */
    static final class Extent {

        @Option(names = "--full", description = "Compare everything, extras too.")
        private boolean full;

        @ArgGroup(exclusive = false)
        private Part part = new Part();
    }

    /** A job of documents takes one of these, a job of candles also both. */
    static final class Part {

        @Option(
                names = "--window",
                paramLabel = "DURATION",
                converter = WaitOptions.Durations.class,
                description = "Compare what changed, or scan the candles, within this time, such as 2h.")
        private @Nullable Duration window;

        @Option(
                names = "--keys",
                paramLabel = "KEY",
                split = ",",
                description = "Compare these entities only; the parts of a key are separated by '/', '/' in a part is"
                        + " written %%2f, ',' %%2c. For candles: SYMBOL, or SYMBOL/TIMEFRAME.")
        private @Nullable List<String> keys;
    }

    TriggerCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(Cluster cluster, Console console) {
        Map<String, Job> jobs = cluster.latest(cluster.topics().jobs);
        if (!jobs.isEmpty() && !jobs.containsKey(job)) {
            throw new CliException(ExitCodes.USAGE, Names.unknown("job", job, jobs.keySet()));
        }
        String requestId = waiting.requestId();
        List<String> steps = ExpectedRuns.steps(job, jobs);
        return new RunRequester(cluster, console, json())
                .tracedBy(traceparent)
                .request(trigger(requestId), ExpectedRuns.ofTrigger(job, steps, requestId), waiting);
    }

    private Trigger trigger(String requestId) {
        return new Trigger(
                job,
                (extent != null && extent.full) ? true : null,
                extent == null ? null : extent.part.window,
                extent == null ? null : extent.part.keys,
                null,
                dryRun ? true : null,
                Names.whoAmI(),
                requestId,
                skipIfBusy ? WhenBusy.SKIP : WhenBusy.QUEUE,
                null,
                null);
    }

    static final class Traceparents implements ITypeConverter<String> {

        @Override
        public String convert(String text) {
            if (!Trace.isTraceparent(text)) {
                throw new TypeConversionException(
                        "'%s' is no trace context; right is 00-<32 hexadecimal digits>-<16>-<2>, lower case, neither id all zeros"
                                .formatted(text));
            }
            return text;
        }
    }
}
