package io.plumbline.topics.record;

import java.time.Instant;

/** Schedule {@code schedule} was due at {@code nominal}; {@code firedAt} is the ticker's clock when it said so. */
public record Tick(String schedule, Instant nominal, String job, Instant firedAt) {}
