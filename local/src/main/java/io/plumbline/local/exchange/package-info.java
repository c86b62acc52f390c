/** A small exchange in this JVM: an HTTP server that speaks as Coinbase's does, over a market that is given. */
@NullMarked
package io.plumbline.local.exchange;

import org.jspecify.annotations.NullMarked;
