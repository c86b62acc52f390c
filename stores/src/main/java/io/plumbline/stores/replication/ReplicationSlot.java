package io.plumbline.stores.replication;

import org.jspecify.annotations.Nullable;

/**
 * A replication slot as the server has it.
 *
 * @param database the database it belongs to; {@code null} for physical slots
 * @param plugin the output plug-in; {@code null} for physical slots
 * @param invalid whether the server has given up the log that the slot needs
 * @param confirmed everything before this position of the log is gone for the slot's reader
 * @param reader the server process that streams from it now; {@code null} where none does
 */
public record ReplicationSlot(
        String name,
        @Nullable String database,
        @Nullable String plugin,
        boolean invalid,
        long confirmed,
        @Nullable Integer reader) {}
