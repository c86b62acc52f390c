package io.plumbline.reconciler.feed;

import io.plumbline.stores.replication.ReplicationSlot;
import io.plumbline.stores.replication.SourceServer;
import org.jspecify.annotations.Nullable;

/**
 * How a feed goes on, by what it remembers and what the server has. A slot has no identity of its own; but it holds all
 * that comes after its confirmed position, which is never beyond what the feed has committed. A slot for which that is
 * not so, on the server that is remembered, is another one of the same name.
 */
sealed interface Resumption {

    /** Goes on where it stopped. */
    record GoOn() implements Resumption {}

    /** Begins with what the slot offers: nothing is remembered. */
    record Begin(SlotAction slot) implements Resumption {}

    /** Changes were lost: begins with what the slot offers, and everything before must be compared. */
    record Gap(SlotAction slot, String reason) implements Resumption {}

    /** What is to be done with the slot first. */
    enum SlotAction {
        KEEP,
        CREATE,
        REPLACE
    }

    static Resumption of(
            @Nullable FeedPosition known, SourceServer server, @Nullable ReplicationSlot slot, String slotName) {
        SlotAction action = slot == null ? SlotAction.CREATE : slot.invalid() ? SlotAction.REPLACE : SlotAction.KEEP;
        String lost = lost(known, server, slot, slotName);
        if (lost != null) {
            return new Gap(action, lost);
        }
        return known == null ? new Begin(action) : new GoOn();
    }

    private static @Nullable String lost(
            @Nullable FeedPosition known, SourceServer server, @Nullable ReplicationSlot slot, String slotName) {
        if (slot != null && slot.invalid()) {
            return "the server has removed log that the slot still needed (max_slot_wal_keep_size)";
        }
        if (known == null) {
            return null;
        }
        if (!known.systemIdentifier().equals(server.systemIdentifier())) {
            return "this is another server: its system identifier is " + server.systemIdentifier() + ", not "
                    + known.systemIdentifier();
        }
        if (!known.database().equals(server.database()) || !known.slot().equals(slotName)) {
            return "the feed used to read the slot " + known.slot() + " of the database " + known.database();
        }
        if (slot == null) {
            return "the slot does not exist any more";
        }
        if (slot.confirmed() > known.reached()) {
            return "the slot begins at " + lsn(slot.confirmed()) + ", after " + lsn(known.reached())
                    + " where the feed stopped: it was created again or moved ahead";
        }
        if (server.position() < known.reached()) {
            return "the server's log ends at " + lsn(server.position()) + ", before " + lsn(known.reached())
                    + " where the feed stopped: it was restored from a backup";
        }
        return null;
    }

    /** As PostgreSQL writes positions. */
    private static String lsn(long position) {
        return "%X/%X".formatted(position >>> 32, position & 0xFFFFFFFFL);
    }
}
