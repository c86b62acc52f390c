package io.plumbline.reconciler.feed;

import io.plumbline.stores.replication.CapturedTable;
import io.plumbline.stores.replication.SourceAddress;
import io.plumbline.topics.config.OutboxConfig;
import io.plumbline.topics.config.PostgresConfig;
import io.plumbline.topics.json.Json;
import java.util.Properties;

/** Debezium's settings for one dataset's outbox. */
record CaptureSettings(PostgresConfig postgres, FeedConfig.Feed feed, CapturedTable table, FeedPosition position) {

    Properties properties() {
        Properties properties = new Properties();
        engine(properties);
        database(properties);
        slot(properties);
        heartbeat(properties);
        return properties;
    }

    private void engine(Properties properties) {
        properties.setProperty("name", "plumbline-" + feed.dataset());
        properties.setProperty("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
        // Names the JMX beans, too, so it must be unlike any other feed's in this process; slots are.
        properties.setProperty("topic.prefix", feed.outbox().slot());
        properties.setProperty("offset.storage", StoredOffset.class.getName());
        properties.setProperty(StoredOffset.OFFSET, Json.text(position.offset()));
        properties.setProperty("poll.interval.ms", "10");
        // Failures end the engine; what starts it again looks at the slot first.
        properties.setProperty("errors.max.retries", "0");
        properties.setProperty("slot.max.retries", "0");
    }

    private void database(Properties properties) {
        SourceAddress address = SourceAddress.of(postgres);
        properties.setProperty("database.hostname", address.host());
        properties.setProperty("database.port", address.port());
        properties.setProperty("database.dbname", address.database());
        properties.setProperty("database.user", postgres.user());
        properties.setProperty("database.password", postgres.password());
        address.parameters().forEach((name, value) -> properties.setProperty("driver." + name, value));
        // Debezium has settings of its own for these, with a default that verifies nothing.
        address.parameters().forEach((name, value) -> {
            if (name.startsWith("ssl")) {
                properties.setProperty("database." + name, value);
            }
        });
    }

    private void slot(Properties properties) {
        OutboxConfig outbox = feed.outbox();
        properties.setProperty("plugin.name", "pgoutput");
        properties.setProperty("slot.name", outbox.slot());
        properties.setProperty("publication.name", outbox.publication());
        properties.setProperty("publication.autocreate.mode", "disabled");
        properties.setProperty("table.include.list", literally(table.schema()) + "\\." + literally(table.name()));
        properties.setProperty("snapshot.mode", "no_data");
        properties.setProperty("skipped.operations", "u,d,t");
        properties.setProperty("tombstones.on.delete", "false");
        properties.setProperty("decimal.handling.mode", "string");
    }

    /** While nothing comes, the slot must go on, or the server could not remove any of its log. */
    private static void heartbeat(Properties properties) {
        properties.setProperty("heartbeat.interval.ms", "10000");
        properties.setProperty(
                "heartbeat.action.query", "SELECT pg_logical_emit_message(false, 'plumbline', '')::text");
        properties.setProperty("message.prefix.exclude.list", "plumbline");
    }

    /** A regular expression, within a list that commas separate, that matches this name only. */
    private static String literally(String name) {
        StringBuilder expression = new StringBuilder();
        name.codePoints().forEach(c -> {
            if (Character.isLetterOrDigit(c) || c == '_') {
                expression.appendCodePoint(c);
            } else {
                expression.append("\\x{%x}".formatted(c));
            }
        });
        return expression.toString();
    }
}
