@NullMarked
package io.plumbline.stores.exchange;

import org.jspecify.annotations.NullMarked;
