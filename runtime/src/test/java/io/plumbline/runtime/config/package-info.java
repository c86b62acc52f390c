@NullMarked
package io.plumbline.runtime.config;

import org.jspecify.annotations.NullMarked;
