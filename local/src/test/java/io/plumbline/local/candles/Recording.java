package io.plumbline.local.candles;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.local.exchange.Trade;
import io.plumbline.topics.json.Json;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.Candle.Origin;
import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.SlotRange;
import io.plumbline.topics.record.Timeframe;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/**
 * A recorded series, moved in time by whole slots, so that its last candle closes just before a given time.
 *
 * @param shiftMs how far it was moved
 * @param candles by slot
 */
record Recording(SeriesKey series, long shiftMs, NavigableMap<Long, Candle> candles) {

    /** A file whose first column is the open time in milliseconds: since the epoch, or since midnight, which is the same here. */
    static Recording read(Path file, SeriesKey series, Instant end) throws IOException {
        Timeframe timeframe = Timeframe.parse(series.timeframe());
        List<List<String>> rows = rows(file);
        long closes = Long.parseLong(rows.getLast().getFirst()) + timeframe.lengthMs();
        long shift = timeframe.openTimeOf(timeframe.slotOf(end.toEpochMilli())) - closes;
        NavigableMap<Long, Candle> candles = new TreeMap<>();
        for (List<String> row : rows) {
            long openTime = Long.parseLong(row.getFirst()) + shift;
            candles.put(timeframe.slotOf(openTime), candle(openTime, row));
        }
        return new Recording(series, shift, candles);
    }

    /** Trades of the time of this recording, moved as it is: {@code [ms, id, null, side, price, amount, cost]}. */
    List<Trade> trades(Path file) throws IOException {
        List<Trade> trades = new ArrayList<>();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            for (JsonNode row : Json.MAPPER.readTree(in)) {
                trades.add(new Trade(
                        row.get(0).asLong() + shiftMs,
                        new BigDecimal(row.get(4).asText()),
                        new BigDecimal(row.get(5).asText())));
            }
        }
        return trades;
    }

    /** The open times of the rows of another file of the same time, such as quotes. */
    List<Instant> times(Path file) throws IOException {
        return rows(file).stream()
                .map(row -> Instant.ofEpochMilli(Long.parseLong(row.getFirst()) + shiftMs))
                .toList();
    }

    SlotRange window() {
        return new SlotRange(candles.firstKey(), candles.lastKey());
    }

    /** The slots within that have no candle. */
    Set<Long> missing() {
        Set<Long> missing = new TreeSet<>();
        window().slots().filter(slot -> !candles.containsKey(slot)).forEach(missing::add);
        return missing;
    }

    private static List<List<String>> rows(Path file) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        if (file.toString().endsWith(".json")) {
            for (JsonNode row : Json.MAPPER.readTree(file.toFile())) {
                List<String> columns = new ArrayList<>();
                row.forEach(column -> columns.add(column.asText()));
                rows.add(columns);
            }
            return rows;
        }
        for (String line : Files.readAllLines(file)) {
            if (!line.startsWith("ts") && !line.isBlank()) {
                rows.add(List.of(line.split(",", -1)));
            }
        }
        return rows;
    }

    private static Candle candle(long openTime, List<String> row) {
        return new Candle(
                openTime,
                new BigDecimal(row.get(1)),
                new BigDecimal(row.get(2)),
                new BigDecimal(row.get(3)),
                new BigDecimal(row.get(4)),
                new BigDecimal(row.get(5)),
                1,
                Origin.LIVE,
                true);
    }
}
