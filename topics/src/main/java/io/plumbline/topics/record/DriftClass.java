package io.plumbline.topics.record;

/** How an entity's target differs from its source. */
public enum DriftClass {
    /** The source has it, the target does not. */
    MISSING,
    /** Both have it, with other content. */
    DIFFERENT,
    /** The target has it, the source does not. */
    EXTRA
}
