/** The records of all topics, as they stand on the wire. Unknown fields are ignored on read. */
@NullMarked
package io.plumbline.topics.record;

import org.jspecify.annotations.NullMarked;
