package io.plumbline.stores;

import io.plumbline.topics.config.BreakerConfig;
import io.plumbline.topics.config.DatasetConfig;
import io.plumbline.topics.config.DatasetConfig.ExtraPolicy;
import io.plumbline.topics.config.DatasetConfig.RepairPolicy;
import io.plumbline.topics.config.FieldConfig;
import io.plumbline.topics.config.KeyPartConfig;
import io.plumbline.topics.config.LetterCase;
import io.plumbline.topics.config.OutboxConfig;
import io.plumbline.topics.config.RetryConfig;
import io.plumbline.topics.config.SourceConfig;
import io.plumbline.topics.config.TargetConfig;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds a dataset's declaration for tests. */
public final class TestDataset {

    private final SourceConfig source;
    private final TargetConfig target;
    private final List<KeyPartConfig> key = new ArrayList<>();
    private final List<FieldConfig> fields = new ArrayList<>();
    private @Nullable OutboxConfig outbox;

    private TestDataset(SourceConfig source, TargetConfig target) {
        this.source = source;
        this.target = target;
    }

    public static TestDataset documents(String table, String collection, @Nullable String order, String... primaryKey) {
        return new TestDataset(
                new SourceConfig(table, null, List.of(primaryKey), order, null),
                new TargetConfig(collection, null, true));
    }

    public static TestDataset elements(
            String table, String collection, String array, @Nullable String order, String... primaryKey) {
        return new TestDataset(
                new SourceConfig(table, null, List.of(primaryKey), order, null),
                new TargetConfig(collection, array, true));
    }

    public static TestDataset query(String query, String collection, String... primaryKey) {
        return new TestDataset(
                new SourceConfig(null, query, List.of(primaryKey), null, null),
                new TargetConfig(collection, null, true));
    }

    public TestDataset key(String source, String document, KeyPartConfig.Type type) {
        key.add(new KeyPartConfig(source, document, null, type, false, null, null));
        return this;
    }

    public TestDataset element(String source, String element, KeyPartConfig.Type type) {
        key.add(new KeyPartConfig(source, null, element, type, false, null, null));
        return this;
    }

    public TestDataset key(KeyPartConfig part) {
        key.add(part);
        return this;
    }

    public TestDataset field(String source, String target) {
        return field(new Field(source, target));
    }

    public TestDataset field(Field field) {
        fields.add(field.config());
        return this;
    }

    public TestDataset outbox(OutboxConfig config) {
        outbox = config;
        return this;
    }

    public DatasetConfig config() {
        return new DatasetConfig(
                source,
                target,
                key,
                fields,
                RepairPolicy.AUTO,
                ExtraPolicy.REPORT,
                new BreakerConfig(100, 0.5, Duration.ofMinutes(10)),
                new RetryConfig(3, Duration.ofSeconds(1), Duration.ofSeconds(30)),
                Duration.ofSeconds(30),
                5,
                Duration.ofHours(48),
                Duration.ofHours(1),
                10_000,
                4,
                Duration.ofMinutes(10),
                Duration.ofSeconds(60),
                null,
                outbox,
                null,
                null);
    }

    /** A mapped field, plain until something is declared. */
    public static final class Field {
        private final String source;
        private final String target;
        private @Nullable String path;
        private FieldConfig.Type type = FieldConfig.Type.AUTO;
        private boolean trim;
        private @Nullable LetterCase letterCase;
        private boolean emptyIsNull;
        private @Nullable Integer scale;
        private @Nullable BigDecimal tolerance;
        private @Nullable String format;
        private @Nullable String zone;

        public Field(String source, String target) {
            this.source = source;
            this.target = target;
        }

        public Field path(String pointer) {
            path = pointer;
            return this;
        }

        public Field type(FieldConfig.Type declared) {
            type = declared;
            return this;
        }

        public Field trim() {
            trim = true;
            return this;
        }

        public Field letterCase(LetterCase declared) {
            letterCase = declared;
            return this;
        }

        public Field emptyIsNull() {
            emptyIsNull = true;
            return this;
        }

        public Field scale(int places) {
            scale = places;
            return this;
        }

        public Field tolerance(String value) {
            tolerance = new BigDecimal(value);
            return this;
        }

        public Field format(String pattern) {
            format = pattern;
            return this;
        }

        public Field zone(String declared) {
            zone = declared;
            return this;
        }

        public FieldConfig config() {
            return new FieldConfig(
                    source, path, target, type, trim, letterCase, emptyIsNull, scale, tolerance, format, zone);
        }
    }
}
