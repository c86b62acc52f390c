package io.plumbline.ticker.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** Random lines around random changes of the clocks, in all zones, against {@link MinuteByMinute}. */
class DueTimesPropertyTest {

    /** Offsets with seconds, which no minute-wise clock shows, ended in 1972. */
    private static final Instant EARLIEST = Instant.parse("1973-01-01T00:00:00Z");

    private static final int LATEST_YEAR = 2045;

    /** A field's text and what it names. */
    record Field(String text, Set<Integer> values, boolean starOrStep) {}

    record Line(Field minute, Field hour, Field dayOfMonth, Field month, Field dayOfWeek) {

        String text() {
            return List.of(minute, hour, dayOfMonth, month, dayOfWeek).stream()
                    .map(Field::text)
                    .collect(Collectors.joining(" "));
        }

        boolean fixedTimes() {
            return !minute.starOrStep && !hour.starOrStep;
        }

        Predicate<LocalDateTime> names() {
            return time -> minute.values.contains(time.getMinute())
                    && hour.values.contains(time.getHour())
                    && month.values.contains(time.getMonthValue())
                    && namesDay(time);
        }

        /** Every combination of date and weekday comes in 28 years, unless a century's missing leap day is among them. */
        boolean namesSomeDay() {
            return LocalDate.of(2000, 1, 1)
                    .datesUntil(LocalDate.of(2028, 1, 1))
                    .anyMatch(day -> month.values.contains(day.getMonthValue()) && namesDay(day.atStartOfDay()));
        }

        private boolean namesDay(LocalDateTime time) {
            boolean ofMonth = dayOfMonth.values.contains(time.getDayOfMonth());
            int weekday = time.getDayOfWeek().getValue();
            boolean ofWeek = dayOfWeek.values.contains(weekday) || (weekday == 7 && dayOfWeek.values.contains(0));
            boolean either = !dayOfMonth.text.startsWith("*") && !dayOfWeek.text.startsWith("*");
            return either ? ofMonth || ofWeek : ofMonth && ofWeek;
        }
    }

    @Property(tries = 2_000)
    void shouldAgreeWithAClockWatchedMinuteByMinute(
            @ForAll("zones") String zone, @ForAll("dueLines") Line line, @ForAll("instants") Instant near) {
        ZoneId zoneId = ZoneId.of(zone);
        Instant change = changeAfter(zoneId, near);
        Instant after = change.minus(Duration.ofHours(40));
        Instant upTo = change.plus(Duration.ofHours(50));

        List<Instant> expected = new MinuteByMinute(line.names(), line.fixedTimes(), zoneId).due(after, upTo);

        DueTimes times = DueTimes.parse(line.text(), zone);
        assertThat(times.between(after, upTo, Integer.MAX_VALUE))
                .as("%s in %s around %s", line.text(), zone, change)
                .isEqualTo(expected);
        assertThat(times.latest(after, upTo).stream().toList())
                .as("latest of %s in %s around %s", line.text(), zone, change)
                .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected.get(expected.size() - 1)));
    }

    @Property(tries = 2_000)
    void shouldRefuseALineExactlyWhenNoDayIsEverNamed(@ForAll("lines") Line line) {
        ThrowingCallable parse = () -> DueTimes.parse(line.text(), "UTC");

        if (line.namesSomeDay()) {
            assertThatCode(parse).as(line.text()).doesNotThrowAnyException();
        } else {
            assertThatIllegalArgumentException()
                    .as(line.text())
                    .isThrownBy(parse)
                    .withMessageContaining("never falls due");
        }
    }

    @Property(tries = 2_000)
    void shouldFireADailyLineOncePerLocalDayInEveryZone(
            @ForAll("zones") String zone,
            @ForAll("hours") int hour,
            @ForAll("minutes") int minute,
            @ForAll("instants") Instant near) {
        ZoneId zoneId = ZoneId.of(zone);
        Instant change = changeAfter(zoneId, near);
        Instant after = LocalDateTime.ofInstant(change, zoneId)
                .toLocalDate()
                .minusDays(3)
                .atStartOfDay(zoneId)
                .toInstant();
        Instant upTo = LocalDateTime.ofInstant(change, zoneId)
                .toLocalDate()
                .plusDays(3)
                .atStartOfDay(zoneId)
                .toInstant();
        long days = Duration.between(LocalDateTime.ofInstant(after, zoneId), LocalDateTime.ofInstant(upTo, zoneId))
                .toDays();

        List<Instant> due = DueTimes.parse(minute + " " + hour + " * * *", zone)
                .between(after.minusNanos(1), upTo.minusNanos(1), Integer.MAX_VALUE);

        // Where a zone leaves a whole day out, that day's time and the next day's may be the same instant.
        ZoneOffsetTransition leftOut = zoneId.getRules().nextTransition(change.minusNanos(1));
        boolean aDay = leftOut != null && leftOut.getDuration().compareTo(Duration.ofDays(1)) >= 0;
        assertThat(due)
                .as("%s:%s in %s around %s", hour, minute, zone, change)
                .hasSizeBetween((int) days - (aDay ? 1 : 0), (int) days);
    }

    @Provide
    Arbitrary<String> zones() {
        return Arbitraries.of(new TreeSet<>(ZoneId.getAvailableZoneIds()));
    }

    @Provide
    Arbitrary<Instant> instants() {
        return Arbitraries.longs()
                .between(
                        EARLIEST.getEpochSecond(),
                        Instant.parse(LATEST_YEAR + "-01-01T00:00:00Z").getEpochSecond() / 60 * 60)
                .map(second -> Instant.ofEpochSecond(second / 60 * 60));
    }

    @Provide
    Arbitrary<Integer> hours() {
        return Arbitraries.integers().between(0, 23);
    }

    @Provide
    Arbitrary<Integer> minutes() {
        return Arbitraries.integers().between(0, 59);
    }

    @Provide
    Arbitrary<Line> dueLines() {
        return lines(mostly(4, all(1, 31), field(1, 31))).filter(Line::namesSomeDay);
    }

    /** Lines of which some never fall due, as the 30th of February. */
    @Provide
    Arbitrary<Line> lines() {
        return lines(mostly(1, field(1, 31), list(29, 31)));
    }

    private static Arbitrary<Line> lines(Arbitrary<Field> daysOfMonth) {
        return Combinators.combine(
                        field(0, 59),
                        mostly(1, field(0, 23), mostly(3, list(0, 3), list(22, 23))),
                        daysOfMonth,
                        mostly(6, all(1, 12), field(1, 12)),
                        mostly(4, all(0, 7), field(0, 7)))
                .as(Line::new);
    }

    /** One of the two, the first so many times more often. */
    private static Arbitrary<Field> mostly(int times, Arbitrary<Field> often, Arbitrary<Field> seldom) {
        return Arbitraries.frequencyOf(List.of(Tuple.of(times, often), Tuple.of(1, seldom)));
    }

    private static Arbitrary<Field> field(int lowest, int highest) {
        return Arbitraries.oneOf(
                all(lowest, highest), list(lowest, highest), range(lowest, highest), steps(lowest, highest));
    }

    private static Arbitrary<Field> all(int lowest, int highest) {
        return Arbitraries.just(new Field("*", numbers(lowest, highest, 1), true));
    }

    private static Arbitrary<Field> list(int lowest, int highest) {
        return Arbitraries.integers()
                .between(lowest, highest)
                .set()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(values -> new Field(
                        values.stream().map(String::valueOf).collect(Collectors.joining(",")), values, false));
    }

    private static Arbitrary<Field> range(int lowest, int highest) {
        Arbitrary<Integer> ends = Arbitraries.integers().between(lowest, highest);
        return Combinators.combine(ends, ends).as((one, other) -> {
            int from = Math.min(one, other);
            int to = Math.max(one, other);
            return new Field(from + "-" + to, numbers(from, to, 1), false);
        });
    }

    private static Arbitrary<Field> steps(int lowest, int highest) {
        Arbitrary<Integer> step = Arbitraries.integers().between(1, Math.max(2, highest / 2));
        Arbitrary<@Nullable Integer> start =
                Arbitraries.integers().between(lowest, highest).injectNull(0.5);
        return Combinators.combine(start, step)
                .as((from, by) -> from == null
                        ? new Field("*/" + by, numbers(lowest, highest, by), true)
                        : new Field(from + "/" + by, numbers(isSunday(from, highest) ? 0 : from, highest, by), true));
    }

    /** 7 is another way to write 0, also where steps begin. */
    private static boolean isSunday(int value, int highest) {
        return highest == 7 && value == 7;
    }

    private static Set<Integer> numbers(int from, int to, int step) {
        return IntStream.rangeClosed(from, to)
                .filter(value -> (value - from) % step == 0)
                .boxed()
                .collect(Collectors.toSet());
    }

    private static Instant changeAfter(ZoneId zone, Instant near) {
        ZoneOffsetTransition change = zone.getRules().nextTransition(near);
        return change == null ? near : change.getInstant();
    }
}
