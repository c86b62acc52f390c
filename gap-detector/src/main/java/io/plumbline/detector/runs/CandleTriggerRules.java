package io.plumbline.detector.runs;

import io.plumbline.topics.record.Trigger;
import java.util.ArrayList;
import java.util.List;

/** What a trigger of a candles job may ask for: a window, and some of the exchange's series. */
final class CandleTriggerRules {

    private CandleTriggerRules() {}

    static List<String> problems(Trigger trigger, String job, String exchange) {
        List<String> problems = new ArrayList<>();
        if (trigger.full() != null) {
            problems.add("job '%s' scans a window of the cache: 'full' cannot be asked for; right is 'window'"
                    .formatted(job));
        }
        if (trigger.approve() != null || trigger.undo() != null) {
            problems.add("job '%s' holds nothing back and replaces nothing: 'approve' and 'undo' cannot be asked for"
                    .formatted(job));
        }
        List<String> keys = trigger.keys() == null ? List.of() : trigger.keys();
        for (String key : keys) {
            try {
                SeriesSelection unused = SeriesSelection.parse(exchange, key);
            } catch (IllegalArgumentException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        return problems;
    }
}
