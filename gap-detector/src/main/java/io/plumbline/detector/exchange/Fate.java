package io.plumbline.detector.exchange;

/** What became of a missing slot. */
enum Fate {
    /** It was filled. */
    FILLED,
    /** The exchange is known to have no candle for it. */
    VERIFIED_EMPTY,
    /** It was there after all, without being filled. */
    ARRIVED,
    /** It is missing still, and nothing more is done about it. */
    GIVEN_UP
}
