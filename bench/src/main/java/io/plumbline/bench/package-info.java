/** Benchmarks: ratios against bare baselines in the same run. */
@NullMarked
package io.plumbline.bench;

import org.jspecify.annotations.NullMarked;
