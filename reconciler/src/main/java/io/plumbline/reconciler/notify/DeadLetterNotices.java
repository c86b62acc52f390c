package io.plumbline.reconciler.notify;

import io.plumbline.topics.config.NotificationsConfig.Severity;
import io.plumbline.topics.record.DeadLetter;
import java.util.List;
import java.util.Optional;

/** What is told of dead letters: how many came together, and where and why the first. Never what was in them. */
final class DeadLetterNotices {

    private DeadLetterNotices() {}

    static Optional<Notice> of(List<DeadLetter> letters) {
        if (letters.isEmpty()) {
            return Optional.empty();
        }
        DeadLetter first = letters.getFirst();
        String what = letters.size() == 1 ? "A dead letter" : letters.size() + " dead letters, the first";
        return Optional.of(new Notice(
                Notice.Kind.DEAD_LETTER,
                Severity.WARNING,
                "%s by %s, of %s-%d offset %d: %s; the topic dead-letters has the bytes"
                        .formatted(
                                what, first.app(), first.topic(), first.partition(), first.offset(), first.reason())));
    }
}
