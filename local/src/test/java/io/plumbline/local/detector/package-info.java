@NullMarked
package io.plumbline.local.detector;

import org.jspecify.annotations.NullMarked;
