@NullMarked
package io.plumbline.stores.redis;

import org.jspecify.annotations.NullMarked;
