package io.plumbline.detector;

/** The counters of candle runs: of slots, where the name says nothing else. */
public final class CandleCounters {

    public static final String SERIES_SCANNED = "series_scanned";
    public static final String SERIES_REFUSED = "series_refused";
    /** {@code = slots_present + candles_filled + verified_empty + still_missing}. */
    public static final String SLOTS_EXPECTED = "slots_expected";

    public static final String SLOTS_PRESENT = "slots_present";
    public static final String SLOTS_MISSING = "slots_missing";
    public static final String CANDLES_FILLED = "candles_filled";
    public static final String VERIFIED_EMPTY = "verified_empty";
    public static final String STILL_MISSING = "still_missing";
    /** The sum of the gaps below. */
    public static final String GAPS_FOUND = "gaps_found";

    public static final String GAPS_FILLED = "gaps_filled";
    public static final String GAPS_VERIFIED_EMPTY = "gaps_verified_empty";
    public static final String GAPS_PARTLY_FILLED = "gaps_partly_filled";
    public static final String GAPS_FAILED = "gaps_failed";
    public static final String GAPS_REPORTED = "gaps_reported";
    public static final String OUTAGES = "outages";
    public static final String MISLABELLED = "mislabelled";
    public static final String REQUESTS_MADE = "requests_made";

    private CandleCounters() {}
}
