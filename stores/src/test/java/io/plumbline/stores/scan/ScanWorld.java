package io.plumbline.stores.scan;

import io.plumbline.topics.record.DriftClass;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** Random content of both stores, and what a scan of it must find: the oracle, which knows nothing of scanning. */
final class ScanWorld {

    private static final @Nullable String[] NAMES = {null, "", "x", "y", "Ünïcode ✓ 🎈", "long ".repeat(60)};
    private static final @Nullable String[] AMOUNTS = {null, "0", "1.10", "-3", "12345678901234567890.12", "0.001"};

    /** The mapped content of an entity. */
    record Values(@Nullable String name, @Nullable BigDecimal amount) {}

    /** A row of the source. */
    record Row(long rowId, @Nullable String id, int part, int version, Values values, boolean recent) {}

    private final ScanShape shape;
    private final List<Row> rows = new ArrayList<>();
    private final Map<List<String>, Values> copies = new HashMap<>();
    private final List<Object> oddKeys = new ArrayList<>();

    ScanWorld(ScanShape shape, Random random) {
        this.shape = shape;
        int size = random.nextInt(60);
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < size; i++) {
            String id = shape.rawKey(random);
            if (!shape.isUnique() || taken.add(String.valueOf(id))) {
                rows.add(new Row(i, id, random.nextInt(3), random.nextInt(4), values(random), random.nextInt(3) == 0));
            }
        }
        newest().forEach((key, row) -> {
            if (random.nextInt(8) > 0) {
                copies.put(key, random.nextInt(8) > 0 ? row.values() : values(random));
            }
        });
        for (int i = random.nextInt(12); i > 0; i--) {
            List<String> key = shape.parts(shape.rawKey(random), random.nextInt(3));
            if (key != null) {
                copies.putIfAbsent(key, values(random));
            }
        }
        if (shape.isByRange() && random.nextBoolean()) {
            oddKeys.addAll(List.of(new ObjectId(), true, shape.isInteger() ? "text" : 5, Instant.EPOCH));
        }
    }

    private static Values values(Random random) {
        String amount = AMOUNTS[random.nextInt(AMOUNTS.length)];
        return new Values(NAMES[random.nextInt(NAMES.length)], amount == null ? null : new BigDecimal(amount));
    }

    List<Row> rows() {
        return rows;
    }

    /** The row that decides of each entity. */
    Map<List<String>, Row> newest() {
        Map<List<String>, Row> newest = new HashMap<>();
        rows.stream()
                .sorted(Comparator.comparingInt(Row::version).thenComparingLong(Row::rowId))
                .forEach(row -> {
                    List<String> key = shape.parts(row.id(), row.part());
                    if (key != null) {
                        newest.put(key, row);
                    }
                });
        return newest;
    }

    Set<List<String>> entities() {
        Set<List<String>> entities = new HashSet<>(newest().keySet());
        entities.addAll(copies.keySet());
        return entities;
    }

    Set<List<String>> changedEntities() {
        Set<List<String>> changed = new HashSet<>();
        for (Row row : rows) {
            List<String> key = shape.parts(row.id(), row.part());
            if (key != null && row.recent()) {
                changed.add(key);
            }
        }
        return changed;
    }

    boolean isEqual(List<String> key) {
        Row row = newest().get(key);
        Values copy = copies.get(key);
        return Objects.equals(row == null ? null : row.values(), copy);
    }

    @Nullable
    DriftClass drift(List<String> key) {
        if (isEqual(key)) {
            return null;
        }
        return !copies.containsKey(key)
                ? DriftClass.MISSING
                : newest().containsKey(key) ? DriftClass.DIFFERENT : DriftClass.EXTRA;
    }

    /** Rows without a usable key, and documents with a key of another type. */
    long unreadable(boolean recentOnly) {
        long unkeyed = rows.stream()
                .filter(row -> shape.parts(row.id(), row.part()) == null && (row.recent() || !recentOnly))
                .count();
        return unkeyed + (recentOnly ? 0 : oddKeys.size());
    }

    /** The target's documents. */
    List<Document> documents(Random random) {
        Map<Document, Document> documents = new HashMap<>();
        copies.forEach((key, values) -> {
            Document documentKey = shape.documentKey(key);
            Document document = documents.computeIfAbsent(documentKey, k -> new Document(k));
            if (shape == ScanShape.ELEMENTS) {
                Document element = new Document("file", Integer.valueOf(key.get(1)));
                write(values, element, random);
                List<Document> items = new ArrayList<>(document.getList("items", Document.class, List.of()));
                items.add(element);
                document.put("items", items);
            } else {
                write(values, document, random);
            }
        });
        List<Document> all = new ArrayList<>(documents.values());
        oddKeys.forEach(key -> all.add(new Document("_id", key).append("name", "odd")));
        return all;
    }

    private static void write(Values values, Document document, Random random) {
        if (values.name() != null || random.nextBoolean()) {
            document.put("name", values.name());
        }
        if (values.amount() != null) {
            document.put("amount", number(values.amount(), random));
        }
        document.put("unmapped", "does not matter");
    }

    /** The same number in one of BSON's types. */
    private static Object number(BigDecimal amount, Random random) {
        boolean whole = amount.stripTrailingZeros().scale() <= 0 && amount.precision() < 9;
        return switch (random.nextInt(3)) {
            case 0 -> whole ? (Object) amount.intValueExact() : new Decimal128(amount);
            case 1 -> amount.precision() < 15 ? (Object) amount.doubleValue() : new Decimal128(amount);
            default -> new Decimal128(amount);
        };
    }
}
