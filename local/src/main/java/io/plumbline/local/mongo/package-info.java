/** An in-memory MongoDB protocol server whose {@code _id} index is ordered, so that its speed can be reckoned with. */
@NullMarked
package io.plumbline.local.mongo;

import org.jspecify.annotations.NullMarked;
