@NullMarked
package io.plumbline.cli;

import org.jspecify.annotations.NullMarked;
