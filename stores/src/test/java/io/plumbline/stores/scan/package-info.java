@NullMarked
package io.plumbline.stores.scan;

import org.jspecify.annotations.NullMarked;
