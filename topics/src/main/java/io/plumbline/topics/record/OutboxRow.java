package io.plumbline.topics.record;

/** An unprocessed outbox row as it was read: its id as text and its retry count then. */
public record OutboxRow(String id, int retryCount) {}
