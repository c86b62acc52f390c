/** The repairer: conditional, recorded repairs of target entities. */
@NullMarked
package io.plumbline.repairer;

import org.jspecify.annotations.NullMarked;
