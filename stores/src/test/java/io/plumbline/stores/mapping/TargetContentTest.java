package io.plumbline.stores.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.stores.TestDataset;
import io.plumbline.stores.mapping.DatasetMapping.FieldChange;
import io.plumbline.topics.config.KeyPartConfig;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

class TargetContentTest {

    private final DatasetMapping mapping = DatasetMapping.of(
            "d",
            TestDataset.documents("t", "t", null, "id")
                    .key("id", "_id", KeyPartConfig.Type.INTEGER)
                    .field(new TestDataset.Field("name", "who.name").trim())
                    .field("amount", "amount")
                    .config(),
            Map.of(
                    "id", new SourceColumn("id", "int4", SourceType.INTEGER, null),
                    "name", new SourceColumn("name", "text", SourceType.TEXT, null),
                    "amount", new SourceColumn("amount", "numeric", SourceType.NUMERIC, null)),
            Map.of());

    private TargetContent content(String fields) {
        return mapping.target(BsonDocument.parse(fields));
    }

    @Test
    void shouldComeBackFromItsJsonWithoutLoss() {
        for (String fields : new String[] {
            "{}",
            "{'who.name': null, amount: {$numberInt: '5'}}",
            "{amount: {$numberLong: '5'}}",
            "{amount: {$numberDecimal: '5.00'}, 'who.name': {$date: '2024-01-01T00:00:00Z'}}",
            "{'who.name': [1, {a: {$numberDouble: 'NaN'}}]}"
        }) {
            TargetContent content = content(fields);

            assertThat(mapping.parse(content.json()).fields()).isEqualTo(content.fields());
            assertThat(mapping.parse(content.json()).digest()).isEqualTo(content.digest());
        }
    }

    @Test
    void shouldChangeOnlyWhatDiffers() {
        assertThat(mapping.changes(content("{'who.name': ' a ', amount: 5}"), content("{'who.name': 'a', amount: 6}")))
                .containsExactly(new FieldChange("amount", new BsonInt32(6)));
        assertThat(mapping.changes(content("{'who.name': 'a', amount: 5}"), content("{amount: 5.0}")))
                .containsExactly(new FieldChange("who.name", null));
        assertThat(mapping.changes(content("{'who.name': null}"), content("{}")))
                .isEmpty();
    }

    @Test
    void shouldKeepTheTypeThatIsThereWhereNothingIsLost() {
        assertThat(mapping.changes(content("{amount: 1.5}"), content("{amount: {$numberDecimal: '12.50'}}")))
                .containsExactly(new FieldChange("amount", new BsonDouble(12.5)));
        assertThat(mapping.changes(content("{amount: 1}"), content("{amount: {$numberDecimal: '12.00'}}")))
                .containsExactly(new FieldChange("amount", new BsonInt32(12)));
        assertThat(mapping.changes(content("{amount: 1}"), content("{amount: {$numberDecimal: '12.5'}}"))
                        .getFirst()
                        .value())
                .isEqualTo(
                        content("{amount: {$numberDecimal: '12.5'}}").fields().get("amount"));
        assertThat(mapping.changes(
                                content("{amount: 1.5}"),
                                content("{amount: {$numberDecimal: '0.12345678901234567890'}}"))
                        .getFirst()
                        .value())
                .isEqualTo(content("{amount: {$numberDecimal: '0.12345678901234567890'}}")
                        .fields()
                        .get("amount"));
        assertThat(mapping.changes(
                        content("{'who.name': {$oid: '0123456789abcdef01234567'}}"),
                        content("{'who.name': 'fedcba9876543210fedcba98'}")))
                .containsExactly(
                        new FieldChange("who.name", new BsonObjectId(new ObjectId("fedcba9876543210fedcba98"))));
        assertThat(mapping.changes(content("{'who.name': 5}"), content("{'who.name': 'x'}")))
                .containsExactly(new FieldChange("who.name", new BsonString("x")));
    }
}
