package io.plumbline.detector.series;

/** The slots of one series, read and written block by block. What was changed is kept when {@link #save()} is called. */
final class SlotMap {

    private static final long NONE = Long.MIN_VALUE;

    private final SlotBlocks blocks;
    private SlotBlock block = new SlotBlock();
    private long number = NONE;
    private boolean changed;

    SlotMap(SlotBlocks blocks) {
        this.blocks = blocks;
    }

    SlotState get(long slot) {
        return blockOf(slot).get(SlotBlock.indexOf(slot));
    }

    void set(long slot, SlotState state) {
        blockOf(slot).set(SlotBlock.indexOf(slot), state);
        changed = true;
    }

    void save() {
        if (changed) {
            blocks.save(number, block);
            changed = false;
        }
    }

    /** Forgets a block but for its slots that are verified to be empty. */
    void forget(long old) {
        save();
        SlotBlock forgotten = blocks.load(old);
        if (forgotten == null) {
            return;
        }
        if (forgotten.count(SlotState.VERIFIED_EMPTY) == 0) {
            blocks.delete(old);
        } else {
            blocks.save(old, emptySlotsOf(forgotten));
        }
        if (old == number) {
            number = NONE;
        }
    }

    private SlotBlock blockOf(long slot) {
        long wanted = SlotBlock.numberOf(slot);
        if (wanted != number) {
            save();
            SlotBlock loaded = blocks.load(wanted);
            block = loaded == null ? new SlotBlock() : loaded;
            number = wanted;
        }
        return block;
    }

    private static SlotBlock emptySlotsOf(SlotBlock block) {
        SlotBlock kept = new SlotBlock();
        for (int index = 0; index < SlotBlock.SLOTS; index++) {
            if (block.get(index) == SlotState.VERIFIED_EMPTY) {
                kept.set(index, SlotState.VERIFIED_EMPTY);
            }
        }
        return kept;
    }
}
