/** The target side: documents read from their bytes, look-ups by entity, conditional writes. */
@NullMarked
package io.plumbline.stores.mongo;

import org.jspecify.annotations.NullMarked;
