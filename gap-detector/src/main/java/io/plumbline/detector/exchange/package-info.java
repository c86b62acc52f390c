/** The stage of an exchange: whose silence a gap is, what is asked of the exchange, and what became of each gap. */
@NullMarked
package io.plumbline.detector.exchange;

import org.jspecify.annotations.NullMarked;
