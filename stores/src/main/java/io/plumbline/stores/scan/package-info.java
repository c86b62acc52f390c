/** Comparing a PostgreSQL source with its MongoDB target segment by segment: planning, merging, looking up. */
@NullMarked
package io.plumbline.stores.scan;

import org.jspecify.annotations.NullMarked;
