package io.plumbline.ticker.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DueTimesTest {

    private static final String AMSTERDAM = "Europe/Amsterdam";

    @Test
    void shouldFireRightAfterTheGapWhenAFixedTimeIsSkipped() {
        assertThat(dueOn("2026-03-29", "30 2 * * *", AMSTERDAM)).containsExactly("2026-03-29T01:00:00Z");
    }

    @Test
    void shouldCollapseAllTimesThatOneChangeSkips() {
        assertThat(dueOn("2026-03-29", "0,15,30,59 2 * * *", AMSTERDAM)).containsExactly("2026-03-29T01:00:00Z");
        assertThat(dueOn("2026-03-29", "0,30 2,3 * * *", AMSTERDAM))
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z");
    }

    @Test
    void shouldFireTheFirstTimeOnlyWhenAFixedTimeHappensTwice() {
        assertThat(dueOn("2026-10-25", "30 2 * * *", AMSTERDAM)).containsExactly("2026-10-25T00:30:00Z");
        assertThat(dueOn("2026-10-25", "0,30 2 * * *", AMSTERDAM))
                .containsExactly("2026-10-25T00:00:00Z", "2026-10-25T00:30:00Z");
    }

    @Test
    void shouldFollowElapsedTimeWhenTheHourIsAStar() {
        assertThat(dueOn("2026-03-29", "0 * * * *", AMSTERDAM)).hasSize(24);
        assertThat(dueOn("2026-10-25", "0 * * * *", AMSTERDAM)).hasSize(24).doesNotHaveDuplicates();
        assertThat(dueOn("2026-10-25", "*/15 * * * *", AMSTERDAM)).hasSize(96);
    }

    @Test
    void shouldFollowElapsedTimeWhenAFieldHasAStep() {
        assertThat(dueOn("2026-03-29", "0 */2 * * *", AMSTERDAM)).doesNotContain("2026-03-29T01:00:00Z");
        assertThat(dueOn("2026-10-25", "*/30 2 * * *", AMSTERDAM))
                .containsExactly(
                        "2026-10-25T00:00:00Z", "2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z", "2026-10-25T01:30:00Z");
    }

    @Test
    void shouldFireForADayThatAZoneLeftOut() {
        DueTimes noon = DueTimes.parse("0 12 * * *", "Pacific/Apia");

        assertThat(noon.between(Instant.parse("2011-12-29T00:00:00Z"), Instant.parse("2011-12-31T00:00:00Z"), 10))
                .map(Instant::toString)
                .containsExactly("2011-12-29T22:00:00Z", "2011-12-30T10:00:00Z", "2011-12-30T22:00:00Z");
    }

    @Test
    void shouldTakeEitherDayWhenBothAreRestricted() {
        DueTimes times = DueTimes.parse("0 0 13 * FRI", null);

        assertThat(times.between(Instant.parse("2026-11-01T00:00:00Z"), Instant.parse("2026-11-20T00:00:00Z"), 10))
                .map(Instant::toString)
                .containsExactly("2026-11-06T00:00:00Z", "2026-11-13T00:00:00Z", "2026-11-20T00:00:00Z");
    }

    @Test
    void shouldTakeSevenAsSunday() {
        DueTimes times = DueTimes.parse("0 0 * * 5-7", "UTC");

        assertThat(times.between(Instant.parse("2026-11-01T00:00:00Z"), Instant.parse("2026-11-08T00:00:00Z"), 10))
                .map(Instant::toString)
                .containsExactly("2026-11-06T00:00:00Z", "2026-11-07T00:00:00Z", "2026-11-08T00:00:00Z");
    }

    @Test
    void shouldFindALeapDayAcrossACenturyWithoutOne() {
        assertThat(DueTimes.parse("0 0 29 2 *", "UTC").after(Instant.parse("2096-03-01T00:00:00Z")))
                .contains(Instant.parse("2104-02-29T00:00:00Z"));
        assertThat(DueTimes.parse("0 0 29 2 */7", "UTC").after(Instant.parse("2088-03-01T00:00:00Z")))
                .contains(Instant.parse("2128-02-29T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "* * * *",
                "0 0 * * * *",
                "60 * * * *",
                "0 24 * * *",
                "0 0 0 * *",
                "0 0 * 13 *",
                "0 0 * * 8",
                "a b c d e",
                "*/0 * * * *",
                "5-1 * * * *",
                "0,,5 * * * *",
                "-5 * * * *",
                "0 0 L * *",
                "0 0 ? * *",
                "@hourly",
                "0 0 31 2 *",
                "0 0 31 4,6,9,11 *"
            })
    void shouldRefuseALineWithTheReasonWhenItIsMalformed(String line) {
        assertThatThrownBy(() -> DueTimes.parse(line, "UTC"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + line + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Europe/Atlantis", "CET+", "local time"})
    void shouldRefuseAZoneWithTheReasonWhenItIsUnknown(String zone) {
        assertThatThrownBy(() -> DueTimes.parse("0 0 * * *", zone))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + zone + "' is not a time zone");
    }

    /** What is due within the 24 hours from local noon before that day. */
    private static List<String> dueOn(String day, String line, String zone) {
        Instant after =
                Instant.parse(day + "T00:00:00Z").minus(Duration.ofHours(12)).minusNanos(1);
        return DueTimes.parse(line, zone).between(after, after.plus(Duration.ofHours(24)), Integer.MAX_VALUE).stream()
                .map(Instant::toString)
                .toList();
    }
}
