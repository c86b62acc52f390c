package io.plumbline.runs;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.plumbline.runtime.config.DurationText;
import io.plumbline.topics.json.Json;
import io.plumbline.topics.record.Trigger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A record of {@code manual-trigger}, read as far as it can be.
 *
 * @param trigger {@code null} where it is not one
 * @param job as it was asked for, where that much could be read
 * @param requestId likewise
 * @param reason why it is not a trigger; {@code null} where it is
 */
record TriggerReading(
        @Nullable Trigger trigger,
        @Nullable String job,
        @Nullable String requestId,
        @Nullable String reason) {

    /** Reads durations as people write them, too. */
    private static final ObjectReader TRIGGERS = Json.MAPPER
            .rebuild()
            .addModule(new SimpleModule().addDeserializer(Duration.class, new DurationReader()))
            .build()
            .readerFor(Trigger.class);

    private static final Pattern REQUEST_ID = Pattern.compile("\"requestId\"\\s*:\\s*\"([^\"\\\\]+)\"");
    private static final Pattern JOB = Pattern.compile("\"job\"\\s*:\\s*\"([^\"\\\\]+)\"");

    static TriggerReading of(byte @Nullable [] value) {
        if (value == null || value.length == 0) {
            return new TriggerReading(null, null, null, "a trigger without a value");
        }
        try {
            JsonNode tree = Json.MAPPER.readTree(value);
            if (tree == null || !tree.isObject()) {
                return new TriggerReading(null, null, null, "not a JSON object");
            }
            return read(tree);
        } catch (IOException | NumberFormatException e) { // the latter of an exponent that no number in Java has
            String text = new String(value, StandardCharsets.UTF_8);
            return new TriggerReading(
                    null, find(JOB, text), find(REQUEST_ID, text), "not JSON: " + firstLine(e.getMessage()));
        }
    }

    private static TriggerReading read(JsonNode tree) {
        String job = text(tree.get("job"));
        String requestId = text(tree.get("requestId"));
        try {
            return new TriggerReading(TRIGGERS.readValue(tree), job, requestId, null);
        } catch (IOException e) {
            return new TriggerReading(null, job, requestId, "not a trigger: " + firstLine(e.getMessage()));
        }
    }

    private static @Nullable String text(@Nullable JsonNode node) {
        return node == null || !node.isValueNode() || node.isNull() ? null : node.asText();
    }

    private static @Nullable String find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : null;
    }

    private static String firstLine(@Nullable String message) {
        return message == null ? "unreadable" : message.lines().findFirst().orElse(message);
    }

    private static final class DurationReader extends JsonDeserializer<Duration> {

        @Override
        public Duration deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = parser.getText();
            try {
                return DurationText.parse(text);
            } catch (IllegalArgumentException e) {
                throw context.weirdStringException(text, Duration.class, String.valueOf(e.getMessage()));
            }
        }
    }
}
