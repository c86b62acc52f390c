/** The repairer: conditional, recorded repairs of target entities, and the backfill of candles. */
@NullMarked
package io.plumbline.repairer;

import org.jspecify.annotations.NullMarked;
