package io.plumbline.topics.config;

import org.jspecify.annotations.Nullable;

/**
 * Where the copy is.
 *
 * @param array the field that holds an array whose elements are the entities; {@code null} where documents are
 * @param createDocuments whether a repair may insert a document that is not there (always so without {@code array})
 */
public record TargetConfig(String collection, @Nullable String array, boolean createDocuments) {}
