package io.plumbline.stores;

import io.plumbline.topics.record.Suspect;
import io.plumbline.topics.record.Work;
import io.plumbline.topics.record.WorkAnswer.Unreadable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plans and compares one dataset segment by segment. Throws {@link StoreUnavailableException} where a store is away. */
public interface SegmentScanner {

    /** Suspects of one answer, so that it fits into a record; what is left is given back as {@code next}. */
    int MAX_SUSPECTS = 1_000;

    /** The next segments of a scope; the last work of {@code next} is the plan to go on with, if there is more. */
    Planned plan(Work.Plan plan);

    /** Compares one segment: {@code CompareRange}, {@code CompareKeys}, {@code CompareTargetPage}, {@code CompareOtherTypes}. */
    Scanned scan(Work segment);

    /**
     * @param position the source position a run planned now vouches up to: the start of the oldest open transaction
     * @param changedSince the fixed start of the window, for window scopes
     */
    record Planned(
            List<Work> next,
            @Nullable String position,
            @Nullable Instant changedSince) {}

    /**
     * @param checked distinct entities of this segment; {@code checked = matched + unreadable + suspects}
     * @param unreadableCount all of them; {@code unreadable} is a sample of at most 20
     * @param next what was left over because the segment turned out larger than a worker takes at once, or had more
     *     than {@link #MAX_SUSPECTS}; not counted in {@code checked}
     */
    record Scanned(
            long checked,
            long matched,
            long unreadableCount,
            List<Unreadable> unreadable,
            List<Suspect> suspects,
            List<Work> next) {}
}
