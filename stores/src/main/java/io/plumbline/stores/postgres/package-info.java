/** The source side: SQL of a mapping, rows read by binary COPY, look-ups by entity. */
@NullMarked
package io.plumbline.stores.postgres;

import org.jspecify.annotations.NullMarked;
