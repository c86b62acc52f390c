package io.plumbline.detector;

import io.plumbline.detector.series.SlotBlock;
import io.plumbline.detector.series.SlotBlocks;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A series' blocks, of which one, the head, stands behind the series' state: a candle is one write for both.
 *
 * <ol>
 *   <li>The block that was saved last is the head. It is the only true one of its number: what the store has of it is
 *       older.
 *   <li>When another block is saved, the head is written to the store, and the other is the head.
 * </ol>
 */
final class HeadedSlotBlocks implements SlotBlocks {

    private final SlotBlocks stored;
    private @Nullable SlotBlock head;
    private long number;
    private boolean changed;

    private HeadedSlotBlocks(SlotBlocks stored) {
        this.stored = stored;
    }

    /** Reads what {@link #behind} wrote, from where the state ends. */
    static HeadedSlotBlocks read(ByteBuffer bytes, SlotBlocks stored) {
        HeadedSlotBlocks blocks = new HeadedSlotBlocks(stored);
        if (bytes.hasRemaining()) {
            blocks.number = bytes.getLong();
            blocks.head = SlotBlock.read(bytes);
        }
        return blocks;
    }

    /** The state's bytes with the head behind them. */
    byte[] behind(byte[] state) {
        if (head == null) {
            return state;
        }
        byte[] block = head.toBytes();
        return ByteBuffer.allocate(state.length + Long.BYTES + block.length)
                .put(state)
                .putLong(number)
                .put(block)
                .array();
    }

    /** Whether the head, or which block it is, has changed since it was last asked. */
    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    @Override
    public @Nullable SlotBlock load(long wanted) {
        return isHead(wanted) ? head : stored.load(wanted);
    }

    @Override
    public void save(long saved, SlotBlock block) {
        if (head != null && !isHead(saved)) {
            stored.save(number, head);
        }
        head = block;
        number = saved;
        changed = true;
    }

    @Override
    public void delete(long deleted) {
        if (isHead(deleted)) {
            head = null;
            changed = true;
        }
        stored.delete(deleted);
    }

    private boolean isHead(long asked) {
        return head != null && number == asked;
    }
}
