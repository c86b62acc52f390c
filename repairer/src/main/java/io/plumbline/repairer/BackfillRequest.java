package io.plumbline.repairer;

import io.plumbline.topics.record.SeriesKey;
import java.util.Set;

/**
 * Slots of a series to be filled by one request to its exchange: all from the first to the last, both included, but those
 * that are known to have traded.
 *
 * @param traded slots known to have traded, within or near the range: those within are not asked for, and an answer
 *     without any candle is believed only where it holds one of them
 */
public record BackfillRequest(SeriesKey series, long first, long last, Set<Long> traded) {}
