package io.plumbline.stores.replication;

/**
 * Which server answers, and how far its log is.
 *
 * @param systemIdentifier unlike any other cluster's; a copy that was promoted keeps it
 * @param position where the log ends now, as a number
 */
public record SourceServer(String systemIdentifier, String database, long position) {}
