package io.plumbline.bench;

import io.plumbline.bench.GapsRound.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The rounds over so many series, and the figures that they give. */
final class GapsFigures {

    private final String name;
    private final List<Measured> rounds = new ArrayList<>();

    GapsFigures(String name) {
        this.name = name;
    }

    /**
     * A round.
     *
     * @param rates candles per second
     * @param bytesPerSeriesDay of slots and series
     * @param bytesPerHeldCandle of the other store
     * @param restoreSeconds per million slots
     */
    record Measured(
            Map<Way, Double> rates, double bytesPerSeriesDay, double bytesPerHeldCandle, double restoreSeconds) {

        double detectorOver(Way way) {
            return rate(Way.DETECTOR) / rate(way);
        }

        double rate(Way way) {
            return rates.getOrDefault(way, Double.NaN);
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "consumer %.0f candles/s, put %.0f, pass-through %.0f, detector %.0f; %.0f bytes per series and day,"
                            + " %.0f per held candle; restoring %.2f s per million slots",
                    rate(Way.BARE_CONSUMER),
                    rate(Way.PUT),
                    rate(Way.PASS_THROUGH),
                    rate(Way.DETECTOR),
                    bytesPerSeriesDay,
                    bytesPerHeldCandle,
                    restoreSeconds);
        }
    }

    void add(Measured round) {
        rounds.add(round);
    }

    /** @param isOfDays whether each series has many days, so that what is kept of a day can be told */
    void print(boolean isOfDays) {
        print("over-pass-through", "ratio of rates", "at least 0.8", round -> round.detectorOver(Way.PASS_THROUGH));
        print("over-put", "ratio of rates", null, round -> round.detectorOver(Way.PUT));
        print("over-bare-consumer", "ratio of rates", null, round -> round.detectorOver(Way.BARE_CONSUMER));
        print("candles-per-second", "candles/s", null, round -> round.rate(Way.DETECTOR));
        if (isOfDays) {
            print("bytes-per-series-day", "bytes", null, Measured::bytesPerSeriesDay);
        }
        print("bytes-per-held-candle", "bytes", null, Measured::bytesPerHeldCandle);
        print("restore-seconds-per-million-slots", "s", null, Measured::restoreSeconds);
    }

    private void print(String figure, String unit, @Nullable String goal, ToDoubleFunction<Measured> value) {
        List<Double> values = rounds.stream().map(value::applyAsDouble).toList();
        Console.print(Figure.of(name + "." + figure, values, unit, goal));
    }
}
