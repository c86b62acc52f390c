/** Where the servers of a system under test come from: embedded parts, or containers. The tests are the same. */
@NullMarked
package io.plumbline.local.servers;

import org.jspecify.annotations.NullMarked;
