/** The application's outbox table: its entities, marks and clean-up. */
@NullMarked
package io.plumbline.stores.outbox;

import org.jspecify.annotations.NullMarked;
