/** The only code that speaks PostgreSQL and MongoDB: mapping, comparison, reading, conditional writing. */
@NullMarked
package io.plumbline.stores;

import org.jspecify.annotations.NullMarked;
