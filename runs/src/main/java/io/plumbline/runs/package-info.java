/** Runs of jobs of any kind: requests taken in, work handed out, cases decided, ledgers that add up, reports. */
@NullMarked
package io.plumbline.runs;

import org.jspecify.annotations.NullMarked;
