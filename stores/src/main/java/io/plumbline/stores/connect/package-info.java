/** Opens the stores of a configuration and checks that what it declares is there. */
@NullMarked
package io.plumbline.stores.connect;

import org.jspecify.annotations.NullMarked;
