/** Exchanges as sources of past candles, each behind one adapter. */
@NullMarked
package io.plumbline.stores.exchange;

import org.jspecify.annotations.NullMarked;
