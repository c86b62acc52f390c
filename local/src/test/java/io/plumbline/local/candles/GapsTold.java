package io.plumbline.local.candles;

import io.plumbline.local.system.SystemClient;
import io.plumbline.topics.Topics;
import io.plumbline.topics.record.Gap;
import io.plumbline.topics.record.SeriesCommand;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.SlotRange;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the topics say of gaps at one time.
 *
 * @param latest the last record of each gap
 * @param verified slots that series were told to be empty
 */
record GapsTold(Collection<Gap> latest, Map<SeriesKey, Set<Long>> verified) {

    static GapsTold read(SystemClient client, Topics topics) {
        Map<String, Gap> latest = new LinkedHashMap<>();
        client.read(topics.gaps).forEach(told -> latest.put(told.key(), told.value()));
        Map<SeriesKey, Set<Long>> verified = new HashMap<>();
        client.read(topics.seriesCommands).forEach(told -> {
            if (told.value() instanceof SeriesCommand.VerifiedEmpty empty) {
                Set<Long> slots = verified.computeIfAbsent(empty.series(), series -> new TreeSet<>());
                empty.slots().forEach(range -> range.slots().forEach(slots::add));
            }
        });
        return new GapsTold(latest.values(), verified);
    }

    /** The gaps that the stream found within a window of a series. */
    List<Gap> found(Played played) {
        return latest.stream()
                .filter(gap -> gap.runId().contains(".continuous."))
                .filter(gap -> gap.series().equals(played.series()))
                .filter(gap -> slots(gap).first() <= played.window().last())
                .toList();
    }

    /** The slots of those gaps. */
    Set<Long> missing(Played played) {
        Set<Long> missing = new TreeSet<>();
        found(played).forEach(gap -> slots(gap).slots().forEach(missing::add));
        return missing;
    }

    Set<Long> verifiedEmpty(Played played) {
        Set<Long> verifiedWithin = new TreeSet<>(verified.getOrDefault(played.series(), new HashSet<>()));
        verifiedWithin.removeIf(slot -> !played.window().contains(slot));
        return verifiedWithin;
    }

    /** Whether what is missing was found, and all of it is settled. */
    boolean isSettled(Played played) {
        return missing(played).containsAll(played.missing())
                && found(played).stream().noneMatch(gap -> gap.status() == Gap.Status.OPEN);
    }

    /** Gaps whose figures do not add up. */
    List<Gap> wrong() {
        return latest.stream()
                .filter(gap -> gap.slots() != slots(gap).size()
                        || gap.slots() != gap.filled() + gap.verifiedEmpty() + gap.arrived() + gap.missing())
                .toList();
    }

    static SlotRange slots(Gap gap) {
        return new SlotRange(
                CandlesUnderTest.slotOf(gap.series(), gap.first().toEpochMilli()),
                CandlesUnderTest.slotOf(gap.series(), gap.last().toEpochMilli()));
    }
}
