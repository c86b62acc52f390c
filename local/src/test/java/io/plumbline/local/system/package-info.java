/** The promises, tested on the whole system: real entry points on embedded real parts. */
@NullMarked
package io.plumbline.local.system;

import org.jspecify.annotations.NullMarked;
