package io.plumbline.stores.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/**
 * MongoDB's canonical Extended JSON (version 2), written by Jackson: the driver's own writer, which stays for the rare
 * types, takes four times as long, and each repair writes two contents.
 */
final class ExtendedJson {

    private static final JsonFactory JSON = new JsonFactory();
    private static final JsonWriterSettings CANONICAL =
            JsonWriterSettings.builder().outputMode(JsonMode.EXTENDED).build();

    private ExtendedJson() {}

    static String of(BsonDocument document) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            write(json, document);
        } catch (IOException e) {
            throw new UncheckedIOException("text is written to memory", e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, BsonValue value) throws IOException {
        switch (value) {
            case BsonDocument document -> {
                json.writeStartObject();
                for (Map.Entry<String, BsonValue> member : document.entrySet()) {
                    json.writeFieldName(member.getKey());
                    write(json, member.getValue());
                }
                json.writeEndObject();
            }
            case BsonArray array -> {
                json.writeStartArray();
                for (BsonValue element : array) {
                    write(json, element);
                }
                json.writeEndArray();
            }
            case BsonString text -> json.writeString(text.getValue());
            case BsonBoolean bool -> json.writeBoolean(bool.getValue());
            case BsonNull none -> json.writeNull();
            case BsonInt32 number -> typed(json, "$numberInt", Integer.toString(number.getValue()));
            case BsonInt64 number -> typed(json, "$numberLong", Long.toString(number.getValue()));
            case BsonDouble number -> typed(json, "$numberDouble", Double.toString(number.getValue()));
            case BsonDecimal128 number ->
                typed(json, "$numberDecimal", number.getValue().toString());
            case BsonObjectId id -> typed(json, "$oid", id.getValue().toHexString());
            case BsonDateTime date -> {
                json.writeStartObject();
                json.writeFieldName("$date");
                typed(json, "$numberLong", Long.toString(date.getValue()));
                json.writeEndObject();
            }
            default -> json.writeRawValue(byDriver(value));
        }
    }

    private static void typed(JsonGenerator json, String type, String value) throws IOException {
        json.writeStartObject();
        json.writeStringField(type, value);
        json.writeEndObject();
    }

    private static String byDriver(BsonValue value) {
        String document = new BsonDocument("v", value).toJson(CANONICAL);
        return document.substring(document.indexOf(':') + 1, document.length() - 1);
    }
}
