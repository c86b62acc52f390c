/** The outbox feed, a process of its own: what the application commits to its outbox table reaches {@code outbox}. */
@NullMarked
package io.plumbline.reconciler.feed;

import org.jspecify.annotations.NullMarked;
