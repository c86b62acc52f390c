/** The reconciler's workers: all of its I/O against stores. */
@NullMarked
package io.plumbline.reconciler.work;

import org.jspecify.annotations.NullMarked;
