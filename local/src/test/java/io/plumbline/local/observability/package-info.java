/** What is measured, held against what is documented and shown. */
@NullMarked
package io.plumbline.local.observability;

import org.jspecify.annotations.NullMarked;
