/** The only code that speaks PostgreSQL, MongoDB, Redis and exchanges: mapping, comparison, reading, conditional writing. */
@NullMarked
package io.plumbline.stores;

import org.jspecify.annotations.NullMarked;
