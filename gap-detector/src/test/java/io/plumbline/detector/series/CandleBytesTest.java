package io.plumbline.detector.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.plumbline.topics.record.Candle;
import java.math.BigDecimal;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Scale;

class CandleBytesTest {

    @Property
    void shouldReadWhatWasWritten(
            @ForAll @Scale(12) BigDecimal price,
            @ForAll long unscaled,
            @ForAll int scale,
            @ForAll long sequence,
            @ForAll Candle.Origin origin) {
        BigDecimal volume = BigDecimal.valueOf(unscaled, scale);
        Candle candle = new Candle(
                1_795_298_400_000L,
                price,
                price.add(BigDecimal.ONE),
                price.negate(),
                BigDecimal.ZERO,
                volume,
                sequence,
                origin,
                true);

        byte[] written = CandleBytes.of(candle);

        assertThat(CandleBytes.read(written, candle.openTime())).isEqualTo(candle);
        assertThat(CandleBytes.sequenceOf(written)).isEqualTo(sequence);
    }

    @Example
    void shouldTakeFewBytesWhenTheCandleIsAUsualOne() {
        Candle candle = new Candle(
                1_795_298_400_000L,
                new BigDecimal("91234.51"),
                new BigDecimal("91240.00"),
                new BigDecimal("91200.17"),
                new BigDecimal("91222.22"),
                new BigDecimal("12.03456789"),
                1_795_298_460_000L,
                Candle.Origin.LIVE,
                true);

        assertThat(CandleBytes.of(candle)).hasSize(38);
    }

    @Example
    void shouldRefuseAnotherVersion() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CandleBytes.sequenceOf(new byte[] {9, 0, 0}))
                .withMessageContaining("version 9");
    }
}
