package io.plumbline.local.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bson.Document;

/** The Chinook sample database: SQL into PostgreSQL and JSON into MongoDB, as they are. */
final class Chinook {

    /** Each table's columns with their types, and its key. */
    record Table(String name, Map<String, String> columns, List<String> key) {

        String collection() {
            return pascal(name);
        }

        List<String> keyFields() {
            return key.stream().map(Chinook::pascal).toList();
        }
    }

    static final List<Table> TABLES = List.of(
            table("genre", "genre_id name"),
            table("media_type", "media_type_id name"),
            table("artist", "artist_id name"),
            table("album", "album_id title artist_id"),
            table("track", "track_id name album_id media_type_id genre_id composer milliseconds bytes unit_price"),
            table(
                    "employee",
                    "employee_id last_name first_name title reports_to birth_date:timestamp hire_date:timestamp address"
                            + " city state country postal_code phone fax email"),
            table(
                    "customer",
                    "customer_id first_name last_name company address city state country postal_code phone fax email"
                            + " support_rep_id"),
            table(
                    "invoice",
                    "invoice_id customer_id invoice_date:timestamp billing_address billing_city billing_state"
                            + " billing_country billing_postal_code total"),
            table("invoice_line", "invoice_line_id invoice_id track_id unit_price quantity"),
            table("playlist", "playlist_id name"),
            new Table(
                    "playlist_track",
                    new LinkedHashMap<>(Map.of("playlist_id", "auto", "track_id", "auto")),
                    List.of("playlist_id", "track_id")));

    private Chinook() {}

    private static Table table(String name, String columns) {
        Map<String, String> typed = new LinkedHashMap<>();
        for (String column : columns.split(" ", -1)) {
            String[] parts = column.split(":", -1);
            typed.put(parts[0], parts.length == 2 ? parts[1] : "auto");
        }
        return new Table(name, typed, List.of(typed.keySet().iterator().next()));
    }

    static String pascal(String snake) {
        return Arrays.stream(snake.split("_", -1))
                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .collect(Collectors.joining());
    }

    /** One dataset per table: {@code <table>-exact} compares exactly and repairs nothing, {@code <table>} normalises. */
    static String datasets() {
        StringBuilder yaml = new StringBuilder("datasets:\n");
        StringBuilder schedules = new StringBuilder("schedules:\n");
        for (Table table : TABLES) {
            yaml.append(dataset(table, table.name() + "-exact", false));
            yaml.append(dataset(table, table.name(), true));
            for (String name : List.of(table.name() + "-exact", table.name())) {
                schedules.append(
                        "  %s-hourly: { enabled: false }\n  %s-full: { enabled: false }\n".formatted(name, name));
            }
        }
        return yaml.append(schedules).toString();
    }

    private static String dataset(Table table, String name, boolean normalised) {
        StringBuilder yaml = new StringBuilder("""
                  %s:
                    source: { table: %s, primary-key: [%s] }
                    target: { collection: %s }
                    repair: %s
                    extras: delete
                    grace: 1s
                    breaker: { max-count: 10000, max-ratio: 1 }
                    key:
                """.formatted(
                        name,
                        table.name(),
                        String.join(", ", table.key()),
                        table.collection(),
                        normalised ? "auto" : "\"off\""));
        table.key()
                .forEach(key -> yaml.append(
                        "      - { source: %s, document: %s, type: integer }\n".formatted(key, pascal(key))));
        yaml.append("    fields: [");
        table.columns().forEach((column, type) -> {
            if (!table.key().contains(column)) {
                yaml.append("\n      { source: %s, target: %s%s },"
                        .formatted(column, pascal(column), normalised ? normalisation(type) : ""));
            }
        });
        return yaml.append("]\n").toString();
    }

    private static String normalisation(String type) {
        return type.equals("timestamp")
                ? ", type: timestamp, format: \"yyyy-MM-dd'T'HH:mm:ss\""
                : ", empty-is-null: true";
    }

    /** Returns the number of rows on both sides together with equal keys. */
    static void load(Path folder, Connection postgres, MongoDatabase mongo) throws IOException, SQLException {
        String sql = Files.readString(folder.resolve("Chinook_PostgreSql.sql"))
                .lines()
                .filter(line -> !line.contains("DATABASE") && !line.startsWith("\\c"))
                // PostgreSQL takes N'...' for the type character and drops trailing blanks: eight times 'Edinburgh '.
                .map(line -> line.replaceAll("(?<=\\(|, )N'", "'"))
                .collect(Collectors.joining("\n"));
        try (Statement statement = postgres.createStatement()) {
            statement.execute(sql);
        }
        JsonNode data =
                new ObjectMapper().readTree(folder.resolve("ChinookData.json").toFile());
        for (Table table : TABLES) {
            List<Document> documents = new ArrayList<>();
            data.get(table.collection()).forEach(row -> documents.add(Document.parse(row.toString())));
            MongoCollection<Document> collection = mongo.getCollection(table.collection());
            collection.createIndex(Indexes.ascending(table.keyFields()), new IndexOptions().unique(true));
            collection.insertMany(documents);
        }
    }

    static long rows(Connection postgres) throws SQLException {
        long rows = 0;
        try (Statement statement = postgres.createStatement()) {
            for (Table table : TABLES) {
                try (ResultSet count = statement.executeQuery("SELECT count(*) FROM " + table.name())) {
                    count.next();
                    rows += count.getLong(1);
                }
            }
        }
        return rows;
    }
}
