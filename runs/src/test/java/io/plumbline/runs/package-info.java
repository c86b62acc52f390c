@NullMarked
package io.plumbline.runs;

import org.jspecify.annotations.NullMarked;
