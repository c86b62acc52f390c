package io.plumbline.runtime.config;

import java.util.List;

/** Checks of an outbox. */
final class OutboxChecks {

    private final ConfigErrors errors;

    OutboxChecks(ConfigErrors errors) {
        this.errors = errors;
    }

    void check(ConfigNode dataset) {
        ConfigNode outbox = dataset.at("outbox");
        if (outbox.has("aggregate-type-value") && !outbox.has("aggregate-type")) {
            errors.add(
                    outbox.at("aggregate-type-value").path(),
                    "needs aggregate-type, the column that it is looked for in");
        }
        List<ConfigNode> pointers = outbox.at("payload-key").items();
        int parts = dataset.at("key").items().size();
        if (!pointers.isEmpty() && pointers.size() != parts) {
            errors.add(
                    outbox.at("payload-key").path(),
                    "has %d pointers, the key has %d parts; right is one for each, or none"
                            .formatted(pointers.size(), parts));
        }
        if (!pointers.isEmpty() && !outbox.has("payload")) {
            errors.add(outbox.at("payload-key").path(), "needs payload, the column that it points into");
        }
        pointers.forEach(pointer -> pointer.text().ifPresent(text -> FieldChecks.checkPointer(pointer, text, errors)));
    }
}
