/** The typed configuration: one file, validated in whole, overridden by the environment. */
@NullMarked
package io.plumbline.topics.config;

import org.jspecify.annotations.NullMarked;
