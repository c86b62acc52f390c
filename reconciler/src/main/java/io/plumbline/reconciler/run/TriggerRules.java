package io.plumbline.reconciler.run;

import io.plumbline.topics.config.DatasetConfig;
import io.plumbline.topics.config.JobConfig;
import io.plumbline.topics.config.PlumblineConfig;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the options of a trigger must be, together and for its job; all that is wrong is said at once. */
final class TriggerRules {

    private static final int REQUEST_ID_LENGTH = 200;

    private final PlumblineConfig config;

    TriggerRules(PlumblineConfig config) {
        this.config = config;
    }

    /** The trigger's job is configured. */
    List<String> problems(Trigger trigger, String requestId) {
        List<String> problems = new ArrayList<>();
        checkRequestId(requestId, problems);
        checkCombination(trigger, problems);
        JobConfig job = config.jobs().get(trigger.job());
        if (job != null) {
            checkJob(trigger, job, problems);
        }
        return problems;
    }

    List<EntityKey> keys(List<String> texts, String dataset) {
        return texts.stream().map(text -> EntityKey.parse(dataset, text)).toList();
    }

    private static void checkRequestId(String requestId, List<String> problems) {
        boolean printable = requestId.codePoints().noneMatch(Character::isISOControl);
        if (requestId.isBlank() || requestId.length() > REQUEST_ID_LENGTH || !printable) {
            problems.add("'requestId' must be 1 to %d printable characters".formatted(REQUEST_ID_LENGTH));
        }
    }

    private static void checkCombination(Trigger trigger, List<String> problems) {
        long scopes = Stream.of(
                        Boolean.TRUE.equals(trigger.full()) ? "full" : null,
                        trigger.window() == null ? null : "window",
                        trigger.keys() == null ? null : "keys")
                .filter(option -> option != null)
                .count();
        if (scopes > 1) {
            problems.add("only one of 'full', 'window' and 'keys' can be asked for");
        }
        if (trigger.window() != null
                && (trigger.window().isNegative() || trigger.window().isZero())) {
            problems.add("'window' must be longer than nothing");
        }
        if (trigger.keys() != null && trigger.keys().isEmpty()) {
            problems.add("'keys' must name at least one key");
        }
        if (trigger.approve() != null && trigger.undo() != null) {
            problems.add("only one of 'approve' and 'undo' can be asked for");
        }
        if (trigger.approve() != null || trigger.undo() != null) {
            checkFollowing(trigger, scopes, problems);
        }
    }

    private static void checkFollowing(Trigger trigger, long scopes, List<String> problems) {
        if (scopes > 0) {
            problems.add("'approve' and 'undo' have their entities from the run they name: no scope can be asked for");
        }
        if (Boolean.TRUE.equals(trigger.dryRun())) {
            problems.add("'approve' and 'undo' cannot be dry runs");
        }
    }

    private void checkJob(Trigger trigger, JobConfig job, List<String> problems) {
        boolean scoped = trigger.full() != null || trigger.window() != null || trigger.keys() != null;
        if (trigger.scope() != null) {
            problems.add("job '%s' has no narrower scopes: 'scope' cannot be asked for".formatted(trigger.job()));
        }
        switch (job.kind()) {
            case SEQUENCE -> {
                if (trigger.keys() != null || trigger.approve() != null || trigger.undo() != null) {
                    problems.add("job '%s' is a sequence: 'keys', 'approve' and 'undo' need one of its steps: %s"
                            .formatted(trigger.job(), job.steps()));
                }
            }
            case CANDLES, OUTBOX_RETRY, CLEAN_UP -> {
                if (scoped) {
                    problems.add("job '%s' compares no scope: 'full', 'window' and 'keys' cannot be asked for"
                            .formatted(trigger.job()));
                }
            }
            case DOCUMENTS -> checkDataset(trigger, job.dataset(), problems);
        }
    }

    private void checkDataset(Trigger trigger, @Nullable String name, List<String> problems) {
        DatasetConfig dataset = name == null ? null : config.datasets().get(name);
        if (name == null || dataset == null) {
            return;
        }
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
