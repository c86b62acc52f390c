package io.plumbline.topics.config;

import java.time.Duration;

/** Failures of one entity: how often it is tried, and the pause before a further try, doubling from first to longest. */
public record RetryConfig(int attempts, Duration first, Duration longest) {}
