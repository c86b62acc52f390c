/** What Plumbline itself keeps in PostgreSQL: the record of repairs and the reports. */
@NullMarked
package io.plumbline.stores.journal;

import org.jspecify.annotations.NullMarked;
