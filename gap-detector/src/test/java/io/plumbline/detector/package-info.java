@NullMarked
package io.plumbline.detector;

import org.jspecify.annotations.NullMarked;
