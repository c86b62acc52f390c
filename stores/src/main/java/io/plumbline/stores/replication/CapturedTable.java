package io.plumbline.stores.replication;

/** A table as the catalogue names it. */
public record CapturedTable(String schema, String name) {}
