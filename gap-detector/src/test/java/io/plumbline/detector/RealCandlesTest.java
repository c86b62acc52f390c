package io.plumbline.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plumbline.detector.series.GapLedger;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.Timeframe;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recorded candles, played through the topology as they would have come. Figures were counted from the files. */
class RealCandlesTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path stateDir;

    @ParameterizedTest
    @CsvSource({
        // file, day, timeframe, slots present, missing, gaps, single gaps, the longest gap
        "freqtrade/UNITTEST_BTC-1m.json, , 1m, 13681, 717, 538, 423, 7",
        "freqtrade/TRX_BTC-5m.csv, , 5m, 5754, 6, 6, 6, 1",
        "freqtrade/DASH_BTC-5m.csv, , 5m, 5758, 2, 2, 2, 1",
        "freqtrade/ETH_BTC-5m.csv, , 5m, 5760, 0, 0, 0, 0",
        "freqtrade/LTC_BTC-5m.csv, , 5m, 5760, 0, 0, 0, 0",
        "freqtrade/XRP_ETH-1m.csv, , 1m, 2469, 1091, 676, 440, 8",
        "coinbase/btceur-20180405_trade.csv, 2018-04-05, 1m, 1395, 45, 36, 31, 6",
        "coinbase/btcusd-20161007_trade.csv, 2016-10-07, 1m, 1419, 21, 20, 19, 2",
        "coinbase/btcusd-20170903_trade.csv, 2017-09-03, 1m, 1440, 0, 0, 0, 0",
        "coinbase/btcusd-20170904_trade.csv, 2017-09-04, 1m, 1440, 0, 0, 0, 0",
    })
    void shouldFindTheGapsThatWereCountedFromTheFile(
            String file,
            @Nullable String day,
            String timeframe,
            int present,
            int missing,
            int gaps,
            long single,
            long longest)
            throws IOException {
        List<Candle> candles = read(file, day);
        String series = "exchange:PAIR:" + timeframe;

        GapLedger found = play(series, candles, false);

        assertThat(candles).hasSize(present);
        assertThat(found.missing()).hasSize(missing);
        assertThat(found.gaps()).hasSize(gaps);
        assertThat(found.lengths().getOrDefault(1L, 0L)).isEqualTo(single);
        assertThat(found.lengths().isEmpty() ? 0 : found.lengths().lastKey()).isEqualTo(longest);
        assertThat(play(series, candles, true).gaps()).isEqualTo(found.gaps());
    }

    /** Played as recorded, or with duplicates and restarts. */
    private GapLedger play(String series, List<Candle> candles, boolean disturbed) {
        Timeframe timeframe = Timeframe.parse(SeriesKey.parse(series).timeframe());
        Instant start = Instant.ofEpochMilli(candles.get(0).openTime());
        Random random = new Random(1);
        try (DetectorUnderTest detector =
                new DetectorUnderTest(stateDir.resolve(disturbed ? "disturbed" : "plain"), start)) {
            for (int i = 0; i < candles.size(); i++) {
                Candle candle = candles.get(i);
                Instant closed = Instant.ofEpochMilli(candle.openTime()).plus(timeframe.length());
                detector.write(series, candle, closed);
                if (disturbed && random.nextInt(20) == 0) {
                    detector.write(series, candle, closed);
                }
                if (disturbed && random.nextInt(1_000) == 0) {
                    detector.restart();
                }
            }
            return detector.gaps(series);
        }
    }

    private static List<Candle> read(String file, @Nullable String day) throws IOException {
        Optional<Path> folder = RealCandles.folder();
        assumeTrue(folder.isPresent(), RealCandles.REASON);
        return RealCandles.read(folder.orElseThrow().resolve(file), day);
    }
}
