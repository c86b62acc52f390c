package io.plumbline.detector.series;

/** What is known about a slot. */
public enum SlotState {
    /** Nothing yet: not over, not overdue, or before the series began. */
    UNKNOWN,
    /** Its closed candle was seen. */
    PRESENT,
    /** It is overdue. */
    MISSING,
    /** The exchange has no candle for it. */
    VERIFIED_EMPTY
}
