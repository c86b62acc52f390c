@NullMarked
package io.plumbline.local.exchange;

import org.jspecify.annotations.NullMarked;
