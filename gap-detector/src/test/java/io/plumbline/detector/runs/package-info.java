@NullMarked
package io.plumbline.detector.runs;

import org.jspecify.annotations.NullMarked;
