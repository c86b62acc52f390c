package io.plumbline.detector;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.topics.json.Json;
import io.plumbline.topics.record.Candle;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Optional real candles for tests: below a folder named by {@code PLUMBLINE_TEST_DATA}, or {@code shared/data} beside the project. */
final class RealCandles {

    static final String REASON = "the optional real data is not there (set PLUMBLINE_TEST_DATA to its folder)";

    private RealCandles() {}

    static Optional<Path> folder() {
        return folder(System.getenv());
    }

    /** The candles of a file; of one that begins at midnight the day. */
    static List<Candle> read(Path file, @Nullable String day) throws IOException {
        long midnight = day == null ? 0 : Instant.parse(day + "T00:00:00Z").toEpochMilli();
        List<Candle> candles = new ArrayList<>();
        if (file.toString().endsWith(".json")) {
            for (JsonNode row : Json.MAPPER.readTree(file.toFile())) {
                List<String> columns = new ArrayList<>();
                row.forEach(column -> columns.add(column.asText()));
                candles.add(candle(columns, midnight));
            }
            return candles;
        }
        for (String line : Files.readAllLines(file)) {
            if (!line.startsWith("ts") && !line.isBlank()) {
                candles.add(candle(List.of(line.split(",")), midnight));
            }
        }
        return candles;
    }

    private static Candle candle(List<String> columns, long midnight) {
        return new Candle(
                midnight + Long.parseLong(columns.get(0)),
                new BigDecimal(columns.get(1)),
                new BigDecimal(columns.get(2)),
                new BigDecimal(columns.get(3)),
                new BigDecimal(columns.get(4)),
                new BigDecimal(columns.get(5)),
                1,
                Candle.Origin.LIVE,
                true);
    }

    private static Optional<Path> folder(Map<String, String> environment) {
        String named = environment.get("PLUMBLINE_TEST_DATA");
        if (named != null) {
            return Optional.of(Path.of(named, "candles")).filter(Files::isDirectory);
        }
        for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
            Path data = up.resolve("shared").resolve("data").resolve("candles");
            if (Files.isDirectory(data)) {
                return Optional.of(data);
            }
        }
        return Optional.empty();
    }
}
