/** The reconciler: runs, cases and the workers that compare; and the outbox feed, a process of its own. */
@NullMarked
package io.plumbline.reconciler;

import org.jspecify.annotations.NullMarked;
