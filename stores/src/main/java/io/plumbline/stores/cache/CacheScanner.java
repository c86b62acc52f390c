package io.plumbline.stores.cache;

import io.plumbline.stores.CandleCache;
import io.plumbline.stores.CandleCache.SeriesWindow;
import io.plumbline.stores.StoreRefusedException;
import io.plumbline.topics.record.Timeframe;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Holds many series of a candle cache against what they should hold, each step in pipelines.
 *
 * <ol>
 *   <li>Where a window reaches back beyond what the cache surely keeps, ask for the oldest candle, and leave out what its
 *       own rules may have removed.
 *   <li>A quick scan counts, and lists the open times only of series whose count is wrong.
 *   <li>A thorough scan reads the candles of series of which content is known, and lists the open times of the others.
 * </ol>
 *
 * <p>A series that the cache refuses to read does not keep others from being scanned. Throws {@link
 * io.plumbline.stores.StoreUnavailableException} where the cache is away: then nothing is proven about any.
 */
public final class CacheScanner {

    private final CandleCache cache;
    private final Clock clock;

    public CacheScanner(CandleCache cache, Clock clock) {
        this.cache = cache;
        this.clock = clock;
    }

    /** Counts first. A hole that a second candle at another time makes up for is not seen. Answers in the order asked. */
    public List<ScannedSeries> quickly(List<ExpectedSeries> series) {
        List<SeriesScan> scans = begin(series);
        ask(open(scans), cache::counts, SeriesScan::counted);
        ask(open(scans), cache::openTimes, SeriesScan::listed);
        return scans.stream().map(SeriesScan::found).toList();
    }

    /** Lists, and compares content that is known. Answers in the order asked. */
    public List<ScannedSeries> thoroughly(List<ExpectedSeries> series) {
        List<SeriesScan> scans = begin(series);
        Predicate<SeriesScan> isKnown = scan -> !scan.asked().known().isEmpty();
        ask(open(scans).stream().filter(isKnown).toList(), cache::candles, SeriesScan::compared);
        ask(open(scans), cache::openTimes, SeriesScan::listed);
        return scans.stream().map(SeriesScan::found).toList();
    }

    private List<SeriesScan> begin(List<ExpectedSeries> series) {
        long now = clock.millis();
        Map<String, Timeframe> timeframes = new HashMap<>();
        List<SeriesScan> scans = series.stream()
                .map(one -> new SeriesScan(
                        one, timeframes.computeIfAbsent(one.series().timeframe(), Timeframe::parse)))
                .toList();
        List<SeriesScan> partly = scans.stream()
                .filter(scan -> scan.isPartlyForgotten(cache.retention(), now))
                .toList();
        Function<List<SeriesWindow>, List<OptionalLong>> oldest = windows ->
                cache.oldest(windows.stream().map(SeriesWindow::series).toList());
        ask(partly, oldest, (scan, found) -> scan.forget(cache.retention(), now, found));
        return scans;
    }

    private static List<SeriesScan> open(List<SeriesScan> scans) {
        return scans.stream().filter(SeriesScan::isOpen).toList();
    }

    @FunctionalInterface
    private interface Use<A> {
        void use(SeriesScan scan, A answer);
    }

    /** Asks for all at once; where that is refused, for each alone, so that only the refused ones are. */
    private static <A> void ask(List<SeriesScan> scans, Function<List<SeriesWindow>, List<A>> question, Use<A> use) {
        if (scans.isEmpty()) {
            return;
        }
        List<A> answers;
        try {
            answers = question.apply(scans.stream().map(SeriesScan::window).toList());
        } catch (StoreRefusedException refused) {
            scans.forEach(scan -> alone(scan, question).ifPresent(answer -> use.use(scan, answer)));
            return;
        }
        for (int i = 0; i < scans.size(); i++) {
            use.use(scans.get(i), answers.get(i));
        }
    }

    private static <A> Optional<A> alone(SeriesScan scan, Function<List<SeriesWindow>, List<A>> question) {
        try {
            return Optional.of(question.apply(List.of(scan.window())).getFirst());
        } catch (StoreRefusedException refused) {
            scan.refuse(refused.getMessage());
            return Optional.empty();
        }
    }
}
