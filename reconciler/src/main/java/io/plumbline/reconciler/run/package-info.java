/** Runs: requests taken in, work handed out, cases decided, ledgers that add up, reports. No store is known here. */
@NullMarked
package io.plumbline.reconciler.run;

import org.jspecify.annotations.NullMarked;
