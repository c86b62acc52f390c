package io.plumbline.detector.series;

import org.jspecify.annotations.Nullable;

/** Where the blocks of one series are kept. */
public interface SlotBlocks {

    @Nullable
    SlotBlock load(long number);

    void save(long number, SlotBlock block);

    void delete(long number);
}
