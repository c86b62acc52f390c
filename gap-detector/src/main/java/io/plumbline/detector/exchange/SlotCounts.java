package io.plumbline.detector.exchange;

/**
 * How many slots have met which fate.
 *
 * @param arrived that were there after all
 * @param missing that were given up
 */
record SlotCounts(long filled, long verifiedEmpty, long arrived, long missing) {

    static final SlotCounts NONE = new SlotCounts(0, 0, 0, 0);

    SlotCounts plus(Fate fate, long count) {
        return switch (fate) {
            case FILLED -> new SlotCounts(filled + count, verifiedEmpty, arrived, missing);
            case VERIFIED_EMPTY -> new SlotCounts(filled, verifiedEmpty + count, arrived, missing);
            case ARRIVED -> new SlotCounts(filled, verifiedEmpty, arrived + count, missing);
            case GIVEN_UP -> new SlotCounts(filled, verifiedEmpty, arrived, missing + count);
        };
    }

    long all() {
        return filled + verifiedEmpty + arrived + missing;
    }
}
