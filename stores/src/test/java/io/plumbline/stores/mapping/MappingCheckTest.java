package io.plumbline.stores.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.stores.TestDataset;
import io.plumbline.stores.TestDataset.Field;
import io.plumbline.topics.config.FieldConfig;
import io.plumbline.topics.config.KeyPartConfig;
import io.plumbline.topics.config.KeyPartConfig.Rewrite;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MappingCheckTest {

    private static final Map<String, SourceColumn> COLUMNS = Map.of(
            "id", new SourceColumn("id", "int4", SourceType.INTEGER, null),
            "place", new SourceColumn("place", "point", null, null),
            "flag", new SourceColumn("flag", "bool", SourceType.BOOLEAN, null),
            "name", new SourceColumn("name", "text", SourceType.TEXT, null));

    @Test
    void shouldSayEverythingThatIsWrongAtOnce() {
        TestDataset dataset = TestDataset.elements("public.t", "c", "list", "moved", "id", "no")
                .key("nid", "_id", KeyPartConfig.Type.INTEGER)
                .key("flag", "f", KeyPartConfig.Type.UUID)
                .key(new KeyPartConfig("name", null, "e", KeyPartConfig.Type.TEXT, false, null, new Rewrite("(", "")))
                .field("place", "a")
                .field(new Field("flag", "b").type(FieldConfig.Type.BINARY))
                .field(new Field("flag", "c").path("/x"))
                .field(new Field("name", "d").path("x"))
                .field(new Field("name", "e").format("nonsense"))
                .field(new Field("name", "f").zone("Mars"))
                .field("name", "g.h")
                .field("name", "g");

        MappingException wrong = catchThrowableOfType(
                MappingException.class, () -> DatasetMapping.of("d", dataset.config(), COLUMNS, Map.of()));

        assertThat(wrong.errors())
                .satisfiesExactly(
                        error -> assertThat(error)
                                .isEqualTo("datasets.d.key[0].source: there is no column 'nid' in table public.t;"
                                        + " there are flag, id, name, place"),
                        error -> assertThat(error)
                                .startsWith("datasets.d.key[1].type: column flag is bool and cannot be a key"),
                        error -> assertThat(error).startsWith("datasets.d.key[2].rewrite: "),
                        error -> assertThat(error)
                                .startsWith("datasets.d.fields[0].type: column place is point")
                                .contains("declare text"),
                        error -> assertThat(error)
                                .startsWith(
                                        "datasets.d.fields[1].type: column flag is bool and cannot be compared as binary"),
                        error -> assertThat(error)
                                .startsWith("datasets.d.fields[2].type")
                                .contains("needs json, jsonb or text"),
                        error -> assertThat(error)
                                .startsWith("datasets.d.fields[3].path")
                                .contains("/debt_amount is one"),
                        error -> assertThat(error)
                                .startsWith("datasets.d.fields[4]")
                                .contains("nonsense"),
                        error -> assertThat(error)
                                .startsWith("datasets.d.fields[5]")
                                .contains("Europe/Berlin is one"),
                        error -> assertThat(error).startsWith("datasets.d.fields[7].target: 'g' and 'g.h'"),
                        error -> assertThat(error)
                                .startsWith("datasets.d.source.primary-key[1]: there is no column 'no'"),
                        error -> assertThat(error).startsWith("datasets.d.source.order: there is no column 'moved'"));
    }
}
