@NullMarked
package io.plumbline.local.scan;

import org.jspecify.annotations.NullMarked;
