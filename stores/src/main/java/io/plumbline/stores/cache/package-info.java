/** What a candle cache holds, held against what it should hold. */
@NullMarked
package io.plumbline.stores.cache;

import org.jspecify.annotations.NullMarked;
