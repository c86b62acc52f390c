package io.plumbline.topics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.plumbline.topics.json.Json;
import io.plumbline.topics.json.JsonSerde;
import io.plumbline.topics.record.CaseEvent;
import io.plumbline.topics.record.RunEvent;
import io.plumbline.topics.record.SeriesCommand;
import io.plumbline.topics.record.SeriesEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The wire format of every record: what is written is what {@code records/*.json} hold, and these are read as what was
 * written. To change the format on purpose run this test with {@code -Dplumbline.golden=write}.
 */
class WireFormatTest {

    private static final Path RECORDS = Path.of("src/test/resources/records");

    /** Topics whose values are like another's, or no records. */
    private static final Map<String, String> LIKE = Map.ofEntries(
            Map.entry("schedules-by-key", "schedules"),
            Map.entry("run-clock", "tick-clock"),
            Map.entry("case-clock", "tick-clock"),
            Map.entry("exchange-clock", "tick-clock"),
            Map.entry("candle-run-clock", "tick-clock"),
            Map.entry("cache-gaps", "case-events"),
            Map.entry("candle-run-requests", "run-requests"),
            Map.entry("candle-run-events", "run-events"),
            Map.entry("cache-scans", "work"),
            Map.entry("cache-scan-plans", "work"),
            Map.entry("cache-scan-answers", "work-answers"),
            Map.entry("heartbeats", ""),
            Map.entry("outbox-positions", ""));

    private final Topics topics = new Topics("", 1);

    static Set<String> names() {
        return SampleRecords.all().keySet();
    }

    static List<String> users() {
        return List.of("manual-trigger", "reconciliation-report", "schedules", "drifts", "candles", "gaps");
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldWriteTheGoldenTextWhenARecordIsWritten(String name) throws IOException {
        String written = pretty(Json.MAPPER.readTree(bytes(name)));
        if ("write".equals(System.getProperty("plumbline.golden"))) {
            Files.createDirectories(RECORDS);
            Files.writeString(golden(name), written);
        }

        assertThat(written).isEqualTo(Files.readString(golden(name)));
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldReadTheRecordWhenTheGoldenTextHasUnknownFieldsToo(String name) throws IOException {
        ObjectNode golden = (ObjectNode) Json.MAPPER.readTree(Files.readString(golden(name)));
        golden.put("addedLater", "ignored");

        Object read = serde(name)
                .deserializer()
                .deserialize("topic", golden.toString().getBytes(StandardCharsets.UTF_8));

        assertThat(read).isEqualTo(SampleRecords.all().get(name));
    }

    @Test
    void shouldHaveAGoldenTextWhenATopicIsDeclared() {
        Set<String> covered =
                names().stream().map(name -> name.replaceAll("\\..*", "")).collect(Collectors.toSet());

        Stream<String> declared = topics.all().stream()
                .map(topics::shortName)
                .map(name -> LIKE.getOrDefault(name, name))
                .filter(name -> !name.isEmpty());

        assertThat(declared).allSatisfy(name -> assertThat(covered).contains(name));
    }

    @ParameterizedTest
    @MethodSource("users")
    void shouldFitTheSchemaWhenARecordIsTheUsers(String name) throws IOException {
        JsonNode golden = Json.MAPPER.readTree(Files.readString(golden(name)));

        assertThat(schema(name).validate(golden)).isEmpty();
        assertThat(golden.properties().stream().map(Map.Entry::getKey))
                .allSatisfy(field -> assertThat(schema(name)
                                .getSchemaNode()
                                .at("/properties/" + field)
                                .isMissingNode())
                        .as("the schema of %s describes %s", name, field)
                        .isFalse());
    }

    @Test
    void shouldReadAPlainTriggerWhenOnlyTheJobIsGiven() throws IOException {
        JsonNode plain = Json.MAPPER.readTree("{\"job\":\"clients\"}");

        assertThat(schema("manual-trigger").validate(plain)).isEmpty();
        assertThat(topics.manualTrigger
                        .value()
                        .deserializer()
                        .deserialize("t", plain.toString().getBytes(StandardCharsets.UTF_8))
                        .job())
                .isEqualTo("clients");
    }

    @SuppressWarnings("unchecked")
    private static byte[] bytes(String name) {
        Object sample = SampleRecords.all().get(name);
        return ((JsonSerde<Object>) serde(name)).serializer().serialize("topic", sample);
    }

    /** Read and written by the topic's declared type, not by the sample's own. */
    private static JsonSerde<?> serde(String name) {
        Object sample = SampleRecords.all().getOrDefault(name, "");
        return switch (sample) {
            case RunEvent event -> new JsonSerde<>(RunEvent.class);
            case CaseEvent event -> new JsonSerde<>(CaseEvent.class);
            case SeriesEvent event -> new JsonSerde<>(SeriesEvent.class);
            case SeriesCommand command -> new JsonSerde<>(SeriesCommand.class);
            default -> new JsonSerde<>(sample.getClass());
        };
    }

    private static JsonSchema schema(String name) throws IOException {
        try (InputStream in = WireFormatTest.class.getResourceAsStream("/schemas/" + name + ".schema.json")) {
            assertThat(in).isNotNull();
            return JsonSchemaFactory.getInstance(
                            SpecVersion.VersionFlag.V202012,
                            factory -> factory.schemaLoaders(loaders -> loaders.values(List::clear)))
                    .getSchema(Json.MAPPER.readTree(in));
        }
    }

    private static Path golden(String name) {
        return RECORDS.resolve(name + ".json");
    }

    private static String pretty(JsonNode json) {
        return json.toPrettyString() + "\n";
    }
}
