package io.plumbline.ticker.cron;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The oracle of {@link DueTimes}: looks at a local clock every minute, as a person would, and knows nothing of
 * transitions. It remembers which local times it has seen, and notices when the clock jumps.
 */
record MinuteByMinute(Predicate<LocalDateTime> named, boolean fixedTimes, ZoneId zone) {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration WARM_UP = Duration.ofHours(30);

    List<Instant> due(Instant after, Instant upTo) {
        List<Instant> due = new ArrayList<>();
        Set<LocalDateTime> seen = new HashSet<>();
        LocalDateTime before = local(after.minus(WARM_UP).minus(MINUTE));
        for (Instant now = after.minus(WARM_UP); !now.isAfter(upTo); now = now.plus(MINUTE)) {
            LocalDateTime shown = local(now);
            boolean again = !seen.add(shown);
            boolean isDue =
                    fixedTimes ? (named.test(shown) && !again) || jumpedOverOne(before, shown) : named.test(shown);
            if (isDue && now.isAfter(after)) {
                due.add(now);
            }
            before = shown;
        }
        return due;
    }

    private boolean jumpedOverOne(LocalDateTime before, LocalDateTime shown) {
        for (LocalDateTime skipped = before.plus(MINUTE); skipped.isBefore(shown); skipped = skipped.plus(MINUTE)) {
            if (named.test(skipped)) {
                return true;
            }
        }
        return false;
    }

    private LocalDateTime local(Instant instant) {
        return LocalDateTime.ofInstant(instant, zone);
    }
}
