/** The one owner of a dataset's mapping: cells, normalisation, comparison, digests, and what a repair writes. */
@NullMarked
package io.plumbline.stores.mapping;

import org.jspecify.annotations.NullMarked;
