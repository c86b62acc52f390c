@NullMarked
package io.plumbline.ticker;

import org.jspecify.annotations.NullMarked;
