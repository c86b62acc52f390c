package io.plumbline.detector.exchange;

/**
 * What is known of an exchange beside its gaps.
 *
 * @param next the next number of a gap or a request
 * @param pausedUntil the exchange wants no request before, in milliseconds since the epoch
 */
record ExchangeState(long next, long pausedUntil) {

    static final ExchangeState NEW = new ExchangeState(1, Long.MIN_VALUE);

    ExchangeState numbered() {
        return new ExchangeState(next + 1, pausedUntil);
    }

    ExchangeState paused(long until) {
        return new ExchangeState(next, Math.max(pausedUntil, until));
    }
}
