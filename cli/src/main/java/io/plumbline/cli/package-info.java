/** The command line: triggers, reports, drifts and schedules of any cluster. */
@NullMarked
package io.plumbline.cli;

import org.jspecify.annotations.NullMarked;
