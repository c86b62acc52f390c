/** Tells people what they have to look at, by a webhook. */
@NullMarked
package io.plumbline.reconciler.notify;

import org.jspecify.annotations.NullMarked;
