/** What change capture needs to ask and to set up in PostgreSQL: its log, replication slots, publications. */
@NullMarked
package io.plumbline.stores.replication;

import org.jspecify.annotations.NullMarked;
