package io.plumbline.local.exchange;

import java.time.Duration;

/**
 * What goes wrong at an exchange, each at every so-manieth request; 0 for never.
 *
 * @param empty answers an empty list, though there are candles
 * @param throttled answers 429
 * @param broken answers 503
 * @param slow answers after {@code delay}
 * @param retryAfter what it says when it answers 429
 */
public record ExchangeFaults(int empty, int throttled, int broken, int slow, Duration retryAfter, Duration delay) {

    public static ExchangeFaults none() {
        return new ExchangeFaults(0, 0, 0, 0, Duration.ofSeconds(1), Duration.ZERO);
    }

    /** An empty answer to one request in so many. */
    public static ExchangeFaults emptyEvery(int requests) {
        return new ExchangeFaults(requests, 0, 0, 0, Duration.ofSeconds(1), Duration.ZERO);
    }

    static boolean hits(int every, long request) {
        return every > 0 && request % every == 0;
    }
}
