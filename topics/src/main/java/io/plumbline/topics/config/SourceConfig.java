package io.plumbline.topics.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the truth is read: a table, or a query (which is used as a sub-select). Exactly one of the two is given.
 *
 * @param table a table's name, optionally with its schema
 * @param primaryKey the columns that identify a row; they break ties of {@code order}
 * @param order the column by which the newest of several rows is known; {@code null} where a key has one row only
 * @param changeTime the column that window runs read; {@code null} where there is none, then only full runs are possible
 */
public record SourceConfig(
        @Nullable String table,
        @Nullable String query,
        List<String> primaryKey,
        @Nullable String order,
        @Nullable String changeTime) {}
