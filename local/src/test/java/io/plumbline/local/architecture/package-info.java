@NullMarked
package io.plumbline.local.architecture;

import org.jspecify.annotations.NullMarked;
