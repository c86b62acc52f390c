/** The candle cache in Redis: a sorted set per series, its score the open time, its member the candle as JSON. */
@NullMarked
package io.plumbline.stores.redis;

import org.jspecify.annotations.NullMarked;
