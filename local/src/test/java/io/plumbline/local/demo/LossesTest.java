package io.plumbline.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.Timeframe;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LossesTest {

    private static final SeriesKey SERIES = new SeriesKey("simulated", "BTC-EUR", "1m");
    private static final Timeframe MINUTE = Timeframe.parse("1m");
    private static final Instant FROM = Instant.parse("2026-11-25T08:00:00Z");
    private static final Instant CACHED = FROM.plus(Duration.ofHours(12));

    private final Losses losses = new Losses(1, FROM, CACHED);

    @Test
    void shouldLoseInEachWayWhenAScanIsStillToCome() {
        assertThat(of(FROM, CACHED)).isEqualTo(EnumSet.of(Delivery.WHOLE, Delivery.LOST, Delivery.NOT_CACHED));
    }

    @Test
    void shouldLoseOnlyWhatASeriesTellsOfWhenNoScanIsToCome() {
        assertThat(of(CACHED, CACHED.plus(Duration.ofHours(12)))).isEqualTo(EnumSet.of(Delivery.WHOLE, Delivery.LOST));
    }

    private Set<Delivery> of(Instant from, Instant until) {
        return LongStream.range(from.getEpochSecond() / 60, until.getEpochSecond() / 60)
                .mapToObj(minute -> losses.of(SERIES, MINUTE, minute * 60_000))
                .collect(Collectors.toSet());
    }
}
