package io.plumbline.topics.config;

import java.time.Duration;

/**
 * How gaps are filled from an exchange.
 *
 * @param settle how long after a gap was found the exchange is first asked, so that neighbours share a request
 * @param emptyAnswers how many believed answers without a candle verify that a slot is empty
 * @param emptyAgainAfter the least time between two of them
 * @param outstanding requests under way at a time
 * @param retry of requests that the exchange answers, but not with what could be believed
 * @param unavailableAfter how long an exchange or the cache may be away before a run goes on without
 */
public record BackfillConfig(
        Duration settle,
        int emptyAnswers,
        Duration emptyAgainAfter,
        int outstanding,
        RetryConfig retry,
        Duration unavailableAfter) {}
