/** Reads, checks and completes the configuration file. */
@NullMarked
package io.plumbline.runtime.config;

import org.jspecify.annotations.NullMarked;
