/** The demo: a creditor-debt mail system that writes to both stores, drift planted in it, and the proof that all was found. */
@NullMarked
package io.plumbline.local.demo;

import org.jspecify.annotations.NullMarked;
