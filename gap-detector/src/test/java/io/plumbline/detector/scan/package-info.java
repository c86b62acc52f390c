@NullMarked
package io.plumbline.detector.scan;

import org.jspecify.annotations.NullMarked;
