@NullMarked
package io.plumbline.runtime;

import org.jspecify.annotations.NullMarked;
