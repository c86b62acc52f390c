package io.plumbline.stores.mapping;

import io.plumbline.stores.TestDataset;
import io.plumbline.topics.config.KeyPartConfig;
import io.plumbline.topics.record.FieldDifference;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;

/** A mapping of one field {@code v}, without stores. */
final class TestMapping {

    private final DatasetMapping mapping;

    private TestMapping(DatasetMapping mapping) {
        this.mapping = mapping;
    }

    static TestMapping of(String declared, SourceType type, TestDataset.Field field) {
        TestDataset dataset = TestDataset.documents("t", "t", null, "id")
                .key("id", "_id", KeyPartConfig.Type.INTEGER)
                .field(field);
        return new TestMapping(DatasetMapping.of(
                "d",
                dataset.config(),
                Map.of(
                        "id", new SourceColumn("id", "int4", SourceType.INTEGER, null),
                        "v", new SourceColumn("v", declared, type, null)),
                Map.of()));
    }

    static TestDataset.Field field() {
        return new TestDataset.Field("v", "v");
    }

    static Cells cells() {
        return new Cells(1);
    }

    static Cells text(String text) {
        Cells cells = cells();
        cells.setText(0, text);
        return cells;
    }

    DatasetMapping mapping() {
        return mapping;
    }

    SourceContent source(Cells natural) {
        String reason = mapping.convertSource(natural);
        if (reason != null) {
            throw new IllegalArgumentException(reason);
        }
        return mapping.source(natural);
    }

    TargetContent target(BsonValue value) {
        return mapping.target(new BsonDocument("v", value));
    }

    TargetContent target(String json) {
        return target(BsonDocument.parse("{v: " + json + "}").get("v", BsonNull.VALUE));
    }

    boolean same(Cells natural, BsonValue value) {
        return mapping.same(source(natural).values(), target(value).values());
    }

    /** The difference's kind, or {@code same}. */
    String difference(Cells natural, String json) {
        List<FieldDifference> differences =
                mapping.differences(source(natural).values(), target(json).values());
        return differences.isEmpty() ? "same" : differences.getFirst().kind();
    }
}
