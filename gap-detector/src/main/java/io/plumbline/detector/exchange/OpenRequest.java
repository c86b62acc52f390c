package io.plumbline.detector.exchange;

import io.plumbline.topics.record.SeriesKey;
import io.plumbline.topics.record.SlotRange;
import java.util.List;

/**
 * A request that is not answered.
 *
 * @param anchored whether it asks for a slot that is known to have traded
 * @param http whether the exchange is asked, and not only the cache written
 */
record OpenRequest(String id, SeriesKey series, List<SlotRange> slots, boolean anchored, boolean http) {}
