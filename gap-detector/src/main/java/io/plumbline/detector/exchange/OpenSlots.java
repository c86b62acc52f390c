package io.plumbline.detector.exchange;

import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.SlotRange;
import java.util.ArrayList;
import java.util.List;

/**
 * Consecutive slots of a series that are missing, with one history: the same gaps wait for them, and the same has been
 * asked and answered.
 *
 * @param gaps ids of the open gaps that they belong to
 */
record OpenSlots(SeriesKey series, long first, long last, List<String> gaps, Inquiry inquiry) {

    OpenSlots {
        gaps = List.copyOf(gaps);
    }

    SlotRange range() {
        return new SlotRange(first, last);
    }

    long size() {
        return last - first + 1;
    }

    OpenSlots from(long slot) {
        return new OpenSlots(series, slot, last, gaps, inquiry);
    }

    OpenSlots upTo(long slot) {
        return new OpenSlots(series, first, slot, gaps, inquiry);
    }

    OpenSlots with(Inquiry newInquiry) {
        return new OpenSlots(series, first, last, gaps, newInquiry);
    }

    OpenSlots joining(String gap) {
        List<String> all = new ArrayList<>(gaps);
        all.add(gap);
        return new OpenSlots(series, first, last, all, inquiry);
    }

    OpenSlots leaving(String gap) {
        return new OpenSlots(
                series,
                first,
                last,
                gaps.stream().filter(known -> !known.equals(gap)).toList(),
                inquiry);
    }
}
