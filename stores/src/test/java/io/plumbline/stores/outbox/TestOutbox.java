package io.plumbline.stores.outbox;

import io.plumbline.topics.config.BreakerConfig;
import io.plumbline.topics.config.CleanUpConfig;
import io.plumbline.topics.config.DatasetConfig;
import io.plumbline.topics.config.DatasetConfig.ExtraPolicy;
import io.plumbline.topics.config.DatasetConfig.RepairPolicy;
import io.plumbline.topics.config.KeyPartConfig;
import io.plumbline.topics.config.LetterCase;
import io.plumbline.topics.config.OutboxConfig;
import io.plumbline.topics.config.RetryConfig;
import io.plumbline.topics.config.SourceConfig;
import io.plumbline.topics.config.SyncStatusConfig;
import io.plumbline.topics.config.TargetConfig;
import java.time.Duration;
import java.util.List;

/** A dataset with an outbox, as a file would declare it. */
record TestOutbox(DatasetConfig dataset, OutboxConfig outbox) {

    static TestOutbox payloadKey(String... pointers) {
        OutboxConfig outbox = new OutboxConfig(
                "outbox_messages",
                "id",
                "aggregate_type",
                "email",
                "aggregate_id",
                null,
                "payload",
                null,
                "processed_at",
                "retry_count",
                "error_message",
                "id",
                List.of(pointers),
                "slot",
                "publication",
                5);
        DatasetConfig dataset = new DatasetConfig(
                new SourceConfig("public.incoming_emails", null, List.of("id"), "changed", null),
                new TargetConfig("clients", null, true),
                List.of(new KeyPartConfig(
                        "client", "_id", null, KeyPartConfig.Type.TEXT, true, LetterCase.LOWER, null)),
                List.of(),
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
                new SyncStatusConfig("sync_status", "synced"),
                new CleanUpConfig(Duration.ofDays(30), "idempotency_keys", "expires_at"));
        return new TestOutbox(dataset, outbox);
    }
}
