package io.plumbline.topics.config;

/** The source column that says whether a row's copy was seen, and the value that says so. */
public record SyncStatusConfig(String column, String synced) {}
