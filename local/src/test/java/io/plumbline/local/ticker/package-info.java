@NullMarked
package io.plumbline.local.ticker;

import org.jspecify.annotations.NullMarked;
