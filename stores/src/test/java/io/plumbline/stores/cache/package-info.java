@NullMarked
package io.plumbline.stores.cache;

import org.jspecify.annotations.NullMarked;
