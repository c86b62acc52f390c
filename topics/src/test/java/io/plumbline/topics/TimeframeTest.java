package io.plumbline.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.Timeframe;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeframeTest {

    @ParameterizedTest
    @CsvSource({
        "1m, PT1M",
        "5m, PT5M",
        "15m, PT15M",
        "30m, PT30M",
        "1h, PT1H",
        "2h, PT2H",
        "4h, PT4H",
        "6h, PT6H",
        "12h, PT12H",
        "1d, PT24H",
        "1w, PT168H",
        "3m, PT3M",
        "2w, PT336H"
    })
    void shouldBeAsLongAsItsNameSaysWhenItIsParsed(String name, Duration length) {
        assertThat(Timeframe.parse(name).length()).isEqualTo(length);
        assertThat(Timeframe.parse(name).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "m", "0m", "1", "1M", "1s", "-1m", "1.5h", "1 m", "999999m"})
    void shouldBeRefusedWhenItIsNoTimeframe(String name) {
        assertThatThrownBy(() -> Timeframe.parse(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("right is a number and m, h, d or w");
    }

    @Test
    void shouldOpenWeeksOnMondaysAndDaysAtMidnight() {
        Timeframe week = Timeframe.parse("1w");
        long now = Instant.parse("2026-11-25T06:00:00Z").toEpochMilli();

        assertThat(Instant.ofEpochMilli(week.openTimeOf(week.slotOf(now)))
                        .atZone(ZoneOffset.UTC)
                        .getDayOfWeek())
                .isEqualTo(DayOfWeek.MONDAY);
        assertThat(week.isAligned(Instant.parse("1970-01-05T00:00:00Z").toEpochMilli()))
                .isTrue();
        assertThat(week.isAligned(0)).isFalse();
        assertThat(Timeframe.parse("1d").isAligned(0)).isTrue();
    }

    @Property
    void shouldFindTheSlotThatATimeIsIn(
            @ForAll @LongRange(min = -4_000_000_000_000L, max = 4_000_000_000_000L) long time) {
        for (String name : new String[] {"1m", "15m", "4h", "1d", "1w", "3w"}) {
            Timeframe timeframe = Timeframe.parse(name);
            long slot = timeframe.slotOf(time);

            assertThat(time).isBetween(timeframe.openTimeOf(slot), timeframe.openTimeOf(slot + 1) - 1);
            assertThat(timeframe.isAligned(time)).isEqualTo(timeframe.openTimeOf(slot) == time);
        }
    }

    @Test
    void shouldComeBackWhenASeriesIsReadFromItsText() {
        SeriesKey key = new SeriesKey("coinbase", "BTC/EUR-PERP", "1m");

        assertThat(SeriesKey.parse(key.text())).isEqualTo(key);
        assertThat(key.text()).isEqualTo("coinbase:BTC/EUR-PERP:1m");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a:b", "a:b:c:d", "::", "a::c", "a:b:"})
    void shouldBeRefusedWhenATextIsNoSeries(String text) {
        assertThatThrownBy(() -> SeriesKey.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
