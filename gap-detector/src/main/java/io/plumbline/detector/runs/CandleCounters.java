package io.plumbline.detector.runs;

import io.plumbline.runs.LedgerEquation;
import java.util.List;

/** The ledger of candle runs: in slots, but for what is named after gaps, series and requests. */
public final class CandleCounters {

    public static final String SERIES_SCANNED = "series_scanned";
    /** Slots that the cache should hold a candle for, or that are known to have none. */
    public static final String SLOTS_EXPECTED = "slots_expected";
    /** Those that it held when it was scanned. */
    public static final String SLOTS_PRESENT = "slots_present";
    /** Those that it did not hold when it was scanned; what became of them is counted below. */
    public static final String SLOTS_MISSING = "slots_missing";

    public static final String GAPS_FOUND = "gaps_found";
    public static final String GAPS_FILLED = "gaps_filled";
    public static final String GAPS_VERIFIED_EMPTY = "gaps_verified_empty";
    public static final String GAPS_PARTLY_FILLED = "gaps_partly_filled";
    public static final String GAPS_FAILED = "gaps_failed";
    /** Gaps that a dry run only reported. */
    public static final String GAPS_REPORTED = "gaps_reported";

    public static final String CANDLES_FILLED = "candles_filled";
    public static final String VERIFIED_EMPTY = "verified_empty";
    public static final String STILL_MISSING = "still_missing";

    public static final String OUTAGES = "outages";
    /** Candles that do not fit their series' timeframe. */
    public static final String MISLABELLED = "mislabelled";
    /** Series that the cache refused to read. */
    public static final String SERIES_REFUSED = "series_refused";

    public static final String REQUESTS_MADE = "requests_made";

    static final List<String> ALL = List.of(
            SERIES_SCANNED,
            SLOTS_EXPECTED,
            SLOTS_PRESENT,
            SLOTS_MISSING,
            GAPS_FOUND,
            GAPS_FILLED,
            GAPS_VERIFIED_EMPTY,
            GAPS_PARTLY_FILLED,
            GAPS_FAILED,
            GAPS_REPORTED,
            CANDLES_FILLED,
            VERIFIED_EMPTY,
            STILL_MISSING,
            OUTAGES,
            MISLABELLED,
            SERIES_REFUSED,
            REQUESTS_MADE);

    static final List<LedgerEquation> EQUATIONS = List.of(
            new LedgerEquation(
                    List.of(SLOTS_EXPECTED), List.of(SLOTS_PRESENT, CANDLES_FILLED, VERIFIED_EMPTY, STILL_MISSING)),
            new LedgerEquation(
                    List.of(GAPS_FOUND),
                    List.of(GAPS_FILLED, GAPS_VERIFIED_EMPTY, GAPS_PARTLY_FILLED, GAPS_FAILED, GAPS_REPORTED)));

    static final List<String> FAILURES = List.of(GAPS_FAILED, GAPS_PARTLY_FILLED, SERIES_REFUSED, STILL_MISSING);

    private CandleCounters() {}
}
