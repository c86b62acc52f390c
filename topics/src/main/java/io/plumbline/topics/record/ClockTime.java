package io.plumbline.topics.record;

import java.time.Instant;

/**
 * A timer's proposal: "it is now at least {@code at}", written by a punctuation to the partition of its own task. What
 * is due is decided when the record is processed, in a transaction that carries a consumed offset, so that a process
 * that lost the partition can propose but never decide.
 *
 * @param partition the partition it was written for
 */
public record ClockTime(int partition, Instant at) {}
