@NullMarked
package io.plumbline.detector.series;

import org.jspecify.annotations.NullMarked;
