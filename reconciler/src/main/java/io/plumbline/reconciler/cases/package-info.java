/** The cases: one open question per entity, from suspect to drift to repaired, as a pure machine and its topology. */
@NullMarked
package io.plumbline.reconciler.cases;

import org.jspecify.annotations.NullMarked;
