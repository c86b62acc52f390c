/** The kinds of jobs about documents: what their runs begin with, count and may be asked for. */
@NullMarked
package io.plumbline.reconciler.kinds;

import org.jspecify.annotations.NullMarked;
