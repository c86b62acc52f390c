package io.plumbline.topics.record;

import io.plumbline.topics.config.JobConfig;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A configured job on the compacted topic {@code jobs}, keyed by its name, so that clients know what they can ask for
 * without the configuration file.
 *
 * @param window the lookback of a documents job that is not full
 * @param steps the jobs of a sequence
 * @param description one sentence for people
 */
public record Job(
        JobConfig.Kind kind,
        @Nullable String dataset,
        boolean full,
        @Nullable Duration window,
        List<String> steps,
        String description) {

    @SuppressWarnings("NullAway") // Jackson passes null for a list that was left out
    public Job {
        steps = steps == null ? List.of() : List.copyOf(steps);
    }
}
