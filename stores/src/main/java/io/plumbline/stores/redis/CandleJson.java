package io.plumbline.stores.redis;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import io.plumbline.stores.CandleCache.CachedCandle;
import io.plumbline.topics.config.RedisConfig;
import io.plumbline.topics.json.Json;
import io.plumbline.topics.record.Candle;
import io.plumbline.topics.record.Candle.Origin;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Locale;

/**
 * Candles as the members of the sorted set: JSON under configurable names. Prices are written as plain numbers with all
 * their digits, and read as numbers or as texts. The same candle always gives the same text.
 */
public final class CandleJson {

    private static final ObjectReader READER =
            Json.MAPPER.reader().without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);

    private final RedisConfig.Fields names;

    public CandleJson(RedisConfig.Fields names) {
        this.names = names;
    }

    String write(Candle candle) {
        StringWriter text = new StringWriter(192);
        try (JsonGenerator json = Json.MAPPER.createGenerator(text)) {
            json.writeStartObject();
            json.writeNumberField(names.openTime(), candle.openTime());
            price(json, names.open(), candle.open());
            price(json, names.high(), candle.high());
            price(json, names.low(), candle.low());
            price(json, names.close(), candle.close());
            price(json, names.volume(), candle.volume());
            json.writeNumberField(names.sequence(), candle.sequence());
            json.writeStringField(names.origin(), candle.origin().name().toLowerCase(Locale.ROOT));
            json.writeBooleanField(names.closed(), candle.closed());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a StringWriter throws none
        }
        return text.toString();
    }

    private static void price(JsonGenerator json, String name, BigDecimal value) throws IOException {
        json.writeFieldName(name);
        json.writeNumber(value.toPlainString());
    }

    /** What a member says; it has to be of the open time that it stands at. */
    CachedCandle read(String member, long openTime) {
        try {
            JsonNode fields = READER.readTree(member);
            long said = fields.has(names.openTime()) ? whole(fields, names.openTime()) : openTime;
            if (said != openTime) {
                return unreadable(openTime, "it says that it opens at " + said);
            }
            return new CachedCandle(openTime, candle(fields, openTime), null);
        } catch (JsonProcessingException e) {
            return unreadable(openTime, "it is no JSON: " + e.getOriginalMessage());
        } catch (NumberFormatException | ArithmeticException e) {
            return unreadable(openTime, String.valueOf(e.getMessage()));
        }
    }

    private Candle candle(JsonNode fields, long openTime) {
        return new Candle(
                openTime,
                number(fields, names.open()),
                number(fields, names.high()),
                number(fields, names.low()),
                number(fields, names.close()),
                number(fields, names.volume()),
                fields.has(names.sequence()) ? whole(fields, names.sequence()) : 0,
                fields.path(names.origin()).asText().equalsIgnoreCase(Origin.BACKFILL.name())
                        ? Origin.BACKFILL
                        : Origin.LIVE,
                fields.path(names.closed()).asBoolean(true));
    }

    private static long whole(JsonNode fields, String name) {
        return number(fields, name).longValueExact();
    }

    private static BigDecimal number(JsonNode fields, String name) {
        JsonNode value = fields.path(name);
        if (value.isNumber()) {
            return value.decimalValue();
        }
        if (!value.isTextual()) {
            throw new NumberFormatException("it has no number '" + name + "'");
        }
        try {
            return new BigDecimal(value.asText());
        } catch (NumberFormatException e) {
            throw new NumberFormatException("'" + name + "' is no number: " + value);
        }
    }

    private static CachedCandle unreadable(long openTime, String reason) {
        return new CachedCandle(openTime, null, reason);
    }
}
