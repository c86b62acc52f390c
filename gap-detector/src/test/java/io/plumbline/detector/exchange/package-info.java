@NullMarked
package io.plumbline.detector.exchange;

import org.jspecify.annotations.NullMarked;
