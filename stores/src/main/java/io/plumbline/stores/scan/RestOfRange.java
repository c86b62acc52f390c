package io.plumbline.stores.scan;

import io.plumbline.stores.mapping.Cells;
import io.plumbline.topics.record.Work;
import io.plumbline.topics.record.Work.CompareRange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a range, cut into ranges of a number of entities each. The last one takes all up to the range's end, also
 * what was not passed: together they hold every key that is left.
 */
final class RestOfRange {

    private static final int MAX_CHARACTERS = 100_000;

    private final @Nullable String upTo;
    private final long size;
    private final List<Work> ranges = new ArrayList<>();
    private String after;
    private long passed;
    private int characters;

    /** @param size entities of a range */
    RestOfRange(String after, @Nullable String upTo, long size) {
        this.after = after;
        this.upTo = upTo;
        this.size = size;
    }

    /** Passes the next entity of both sides. */
    void pass(Cells key) {
        passed++;
        if (passed % size == 0 && characters < MAX_CHARACTERS) {
            String end = KeyOrder.text(key);
            ranges.add(new CompareRange(after, end));
            after = end;
            characters += 2 * end.length();
        }
    }

    List<Work> ranges() {
        List<Work> all = new ArrayList<>(ranges);
        if (!after.equals(upTo)) {
            all.add(new CompareRange(after, upTo));
        }
        return all;
    }
}
