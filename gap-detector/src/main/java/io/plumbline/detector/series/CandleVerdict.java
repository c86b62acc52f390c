package io.plumbline.detector.series;

/** What a candle was to its series. */
public enum CandleVerdict {
    /** It fills its slot. */
    TAKEN,
    /** Its slot was filled before. */
    DUPLICATE,
    /** It is not closed: it fills nothing. */
    OPEN,
    /** It is older than what is known. */
    OUTDATED,
    /** It does not open where a slot of its timeframe does. */
    MISLABELLED
}
