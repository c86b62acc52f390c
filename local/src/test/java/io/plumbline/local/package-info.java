@NullMarked
package io.plumbline.local;

import org.jspecify.annotations.NullMarked;
