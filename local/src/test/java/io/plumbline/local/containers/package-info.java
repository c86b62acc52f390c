/** Tests that run on embedded parts elsewhere, on servers in containers. Skipped where no container engine is there. */
@NullMarked
package io.plumbline.local.containers;

import org.jspecify.annotations.NullMarked;
