package io.plumbline.stores.scan;

import io.plumbline.stores.SegmentScanner;
import io.plumbline.stores.SegmentScanner.Scanned;
import io.plumbline.topics.record.EntityKey;
import io.plumbline.topics.record.FieldDifference;
import io.plumbline.topics.record.Look;
import io.plumbline.topics.record.Suspect;
import io.plumbline.topics.record.Work;
import io.plumbline.topics.record.WorkAnswer.Unreadable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a segment's comparison saw. It is {@link #full} before its answer would not fit into a record: characters
 * are counted, and even at three bytes each they stay below a megabyte.
 */
final class ScanTally {

    private static final int SAMPLE = 20;
    private static final int MAX_REASON = 300;
    private static final int MAX_CHARACTERS = 300_000;
    private static final int CHARACTERS_OF_A_LOOK = 150;
    private static final int CHARACTERS_OF_A_DIFFERENCE = 50;

    private final List<Unreadable> unreadable = new ArrayList<>();
    private final List<Suspect> suspects = new ArrayList<>();
    private long matched;
    private long unreadableCount;
    private int characters;
    private boolean closed;

    /** Takes no more: what comes is counted by whoever compares it. */
    void close() {
        closed = true;
    }

    void matched() {
        matched++;
    }

    void matched(long entities) {
        matched += entities;
    }

    /** @param reason {@code null} where there is no usable key */
    void unreadable(String key, @Nullable String reason) {
        if (closed) {
            return;
        }
        unreadableCount++;
        if (unreadable.size() < SAMPLE) {
            unreadable.add(new Unreadable(shortened(key), reason == null ? "it has no usable key" : shortened(reason)));
        }
    }

    /** Unreadable ones beyond those that were named. */
    void moreUnreadable(long count) {
        unreadableCount += count;
    }

    void look(EntityKey entity, Look look) {
        String reason = look.unreadable();
        if (reason != null) {
            unreadable(entity.text(), reason);
        } else if (look.drift() == null) {
            matched();
        } else {
            suspects.add(new Suspect(entity, look));
            characters += entity.text().length() + CHARACTERS_OF_A_LOOK;
            for (FieldDifference difference : look.differences()) {
                characters += CHARACTERS_OF_A_DIFFERENCE
                        + difference.field().length()
                        + length(difference.source())
                        + length(difference.target());
            }
        }
    }

    /** Whether no further suspect should be taken. */
    boolean full() {
        return suspects.size() >= SegmentScanner.MAX_SUSPECTS || characters >= MAX_CHARACTERS;
    }

    long checked() {
        return matched + unreadableCount + suspects.size();
    }

    Scanned scanned(List<Work> next) {
        return new Scanned(checked(), matched, unreadableCount, unreadable, suspects, next);
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    private static String shortened(String text) {
        return text.length() <= MAX_REASON ? text : text.substring(0, MAX_REASON) + "…";
    }
}
