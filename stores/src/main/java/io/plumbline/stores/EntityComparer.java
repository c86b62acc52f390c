package io.plumbline.stores;

import io.plumbline.topics.record.Look;

/** The one comparison of a dataset's two sides; detector and repairer both use it. */
public interface EntityComparer {

    /** What a look at both sides shows: equal, missing, different with its fields, extra, or unreadable. */
    Look compare(SourceEntity source, TargetEntity target);
}
