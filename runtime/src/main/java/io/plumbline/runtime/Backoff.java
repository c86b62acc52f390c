package io.plumbline.runtime;

import io.plumbline.topics.config.RetryConfig;
import java.time.Duration;

/** Pauses before a further try: doubling from the first to the longest, less a jitter of up to a quarter. */
public record Backoff(Duration first, Duration longest) {

    public static Backoff of(RetryConfig retry) {
        return new Backoff(retry.first(), retry.longest());
    }

    /**
     * The pause after the given failed attempt. Pure, so that streams may use it: the same seed (an entity's hash, say)
     * and attempt give the same pause.
     *
     * @param attempt from 1
     */
    public Duration after(int attempt, long seed) {
        long longestMillis = longest.toMillis();
        long doubled = first.toMillis() << Math.min(Math.max(attempt - 1, 0), 20);
        long pause = Math.min(longestMillis, doubled);
        long jitter = Math.floorMod(mix(seed + attempt), pause / 4 + 1);
        return Duration.ofMillis(pause - jitter);
    }

    /** The finalizer of SplitMix64: spreads neighbouring seeds. */
    private static long mix(long seed) {
        long z = seed * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
