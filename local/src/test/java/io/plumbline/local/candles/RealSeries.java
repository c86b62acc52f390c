package io.plumbline.local.candles;

import io.plumbline.local.exchange.SimulatedMarket;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.Candle.Origin;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.Timeframe;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The recorded series as they are fed, and what the exchange has of what the recordings lack: made up, or made of trades. */
final class RealSeries {

    /** Exchanges that have one series only. */
    static final String QUIET = "quiet";

    static final String OUTAGE = "outage";

    /** Of the candles of a recording, what its feed loses beside. */
    static final int LOST = 500;

    private final Random random = new Random(1);
    private final Map<String, Played> all = new LinkedHashMap<>();
    private final Path files;
    private final Instant end;
    private final SimulatedMarket market;
    private final List<Instant> quotes;

    /**
     * @param files the folder of the recordings
     * @param end when they end
     * @param market is told what the exchange has
     */
    RealSeries(Path files, Instant end, SimulatedMarket market) throws IOException {
        this.files = files;
        this.end = end;
        this.market = market;
        addMadeUp();
        addOfTrades();
        quotes = addWithQuotes();
    }

    Collection<Played> all() {
        return all.values();
    }

    Played get(String which) {
        return Objects.requireNonNull(all.get(which), which);
    }

    /** When something was quoted at the exchange {@link #QUIET}. */
    List<Instant> quotes() {
        return quotes;
    }

    private void addMadeUp() throws IOException {
        Recording unittest = read("freqtrade/UNITTEST_BTC-1m.json", "UNITTEST-BTC", "1m");
        add("all made up", unittest, unittest.missing());
        Recording lossy = renamed(unittest, "HALF-BTC");
        Set<Long> lost = half(lossy.missing());
        NavigableMap<Long, Candle> truth = madeUp(lossy, lost);
        lost.addAll(some(truth, LOST));
        add("half made up, and loses", Played.without(lossy.series(), truth, lost));
        for (String pair : List.of("TRX", "DASH", "ETH", "LTC")) {
            Recording five = read("freqtrade/" + pair + "_BTC-5m.csv", pair + "-BTC", "5m");
            add(pair, five, five.missing());
        }
        for (String day : List.of("20161007", "20170903", "20170904")) {
            Recording btc = read("coinbase/btcusd-" + day + "_trade.csv", "BTC-" + day, "1m");
            add(day, btc, btc.missing());
        }
    }

    private void addOfTrades() throws IOException {
        Recording xrp = read("freqtrade/XRP_ETH-1m.csv", "XRP-ETH", "1m");
        market.trades("XRP-ETH", xrp.trades(files.resolve("freqtrade/XRP_ETH-trades.json.gz")));
        all.put("trades", new Played(xrp.series(), xrp.candles(), xrp.candles()));
    }

    private List<Instant> addWithQuotes() throws IOException {
        Recording eur = read("coinbase/btceur-20180405_trade.csv", "BTC-EUR", "1m");
        for (String exchange : List.of(QUIET, OUTAGE)) {
            SeriesKey series = new SeriesKey(exchange, "BTC-EUR", "1m");
            add(exchange, new Played(series, eur.candles(), eur.candles()));
        }
        return eur.times(files.resolve("coinbase/btceur-20180405_quote.csv"));
    }

    private Recording read(String file, String symbol, String timeframe) throws IOException {
        return Recording.read(files.resolve(file), CandlesUnderTest.series(symbol, timeframe), end);
    }

    private static Recording renamed(Recording recording, String symbol) {
        SeriesKey series = CandlesUnderTest.series(symbol, recording.series().timeframe());
        return new Recording(series, recording.shiftMs(), recording.candles());
    }

    /** @param known slots that the exchange has a candle of, beside those recorded */
    private void add(String which, Recording recording, Collection<Long> known) {
        add(which, new Played(recording.series(), recording.candles(), madeUp(recording, known)));
    }

    private void add(String which, Played played) {
        market.candles(
                played.series().symbol(),
                Timeframe.parse(played.series().timeframe()),
                played.truth().values());
        all.put(which, played);
    }

    private static NavigableMap<Long, Candle> madeUp(Recording recording, Collection<Long> slots) {
        Timeframe timeframe = Timeframe.parse(recording.series().timeframe());
        NavigableMap<Long, Candle> truth = new TreeMap<>(recording.candles());
        for (long slot : slots) {
            Candle before = recording.candles().lowerEntry(slot).getValue();
            truth.put(
                    slot,
                    new Candle(
                            timeframe.openTimeOf(slot),
                            before.close(),
                            before.close(),
                            before.close(),
                            before.close(),
                            before.volume(),
                            0,
                            Origin.BACKFILL,
                            true));
        }
        return truth;
    }

    /** Every other of them. */
    private Set<Long> half(Collection<Long> slots) {
        List<Long> shuffled = new ArrayList<>(slots);
        Collections.shuffle(shuffled, random);
        return new TreeSet<>(shuffled.subList(0, (shuffled.size() + 1) / 2));
    }

    /** Some slots that have a candle in the file, but neither the first nor the last. */
    private Set<Long> some(NavigableMap<Long, Candle> truth, int count) {
        List<Long> inner = truth.headMap(truth.lastKey(), false).tailMap(truth.firstKey(), false).entrySet().stream()
                .filter(entry -> entry.getValue().origin() == Origin.LIVE)
                .map(Map.Entry::getKey)
                .collect(Collectors.toList());
        Collections.shuffle(inner, random);
        return new TreeSet<>(inner.subList(0, count));
    }
}
