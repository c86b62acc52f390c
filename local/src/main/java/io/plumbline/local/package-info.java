/** The whole system in one JVM on embedded real parts; the demo. */
@NullMarked
package io.plumbline.local;

import org.jspecify.annotations.NullMarked;
