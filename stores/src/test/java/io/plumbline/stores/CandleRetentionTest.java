package io.plumbline.stores;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.record.Timeframe;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CandleRetentionTest {

    private static final Timeframe MINUTE = Timeframe.parse("1m");
    private static final Timeframe HOUR = Timeframe.parse("1h");
    private static final long NOW = Instant.parse("2026-03-02T12:00:30Z").toEpochMilli();

    @Test
    void shouldExpectTheNewestSlotsWhenItIsTrimmed() {
        CandleRetention retention = new CandleRetention(1_000, null);

        // The open slot of 12:00 and 999 before it.
        assertThat(retention.surelyHeldFrom(MINUTE, NOW)).isEqualTo(ms("2026-03-01T19:21:00Z"));
    }

    @Test
    void shouldExpectWhatEndedWithinTheExpiry() {
        CandleRetention retention = new CandleRetention(null, Duration.ofHours(24));

        // That of 11:00 ended at 12:00, half a minute before the day began.
        assertThat(retention.surelyHeldFrom(HOUR, NOW)).isEqualTo(ms("2026-03-01T12:00:00Z"));
        assertThat(new CandleRetention(10, Duration.ofHours(24)).surelyHeldFrom(HOUR, NOW))
                .isEqualTo(ms("2026-03-02T03:00:00Z"));
    }

    @Test
    void shouldExpectWhatFollowsTheOldestThatIsThere() {
        CandleRetention retention = new CandleRetention(1_000, Duration.ofHours(24));
        long old = ms("2026-02-20T00:00:00Z");

        assertThat(retention.expectedFrom(HOUR, NOW, OptionalLong.of(old))).isEqualTo(old);
        assertThat(retention.expectedFrom(HOUR, NOW, OptionalLong.of(NOW))).isEqualTo(ms("2026-03-01T12:00:00Z"));
        assertThat(retention.expectedFrom(HOUR, NOW, OptionalLong.empty())).isEqualTo(ms("2026-03-01T12:00:00Z"));
    }

    @Test
    void shouldExpectEverythingWhenNothingIsForgotten() {
        assertThat(new CandleRetention(null, null).surelyHeldFrom(HOUR, NOW)).isEqualTo(Long.MIN_VALUE);
    }

    private static long ms(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }
}
