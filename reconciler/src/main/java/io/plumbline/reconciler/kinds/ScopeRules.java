package io.plumbline.reconciler.kinds;

import io.plumbline.topics.config.DatasetConfig;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.Trigger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which scopes a trigger may ask for. */
final class ScopeRules {

    private ScopeRules() {}

    /** The problems of a job that compares no scope. */
    static List<String> none(Trigger trigger, String job) {
        boolean scoped = trigger.full() != null || trigger.window() != null || trigger.keys() != null;
        return scoped
                ? List.of("job '%s' compares no scope: 'full', 'window' and 'keys' cannot be asked for".formatted(job))
                : List.of();
    }

    /** The problems of a job that compares a dataset. */
    static List<String> of(Trigger trigger, String name, DatasetConfig dataset) {
        List<String> problems = new ArrayList<>();
        if (trigger.window() != null && dataset.source().changeTime() == null) {
            problems.add("dataset '%s' has no change-time: only full runs are possible".formatted(name));
        }
        List<String> keys = trigger.keys() == null ? List.of() : trigger.keys();
        for (String key : keys) {
            String problem = keyProblem(key, name, dataset);
            if (problem != null) {
                problems.add(problem);
            }
        }
        return problems;
    }

    private static @Nullable String keyProblem(String text, String name, DatasetConfig dataset) {
        try {
            int parts = EntityKey.parse(name, text).parts().size();
            return parts == dataset.key().size()
                    ? null
                    : "key '%s' has %d parts, dataset '%s' has %d"
                            .formatted(text, parts, name, dataset.key().size());
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
