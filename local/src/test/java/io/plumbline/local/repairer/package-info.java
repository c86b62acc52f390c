@NullMarked
package io.plumbline.local.repairer;

import org.jspecify.annotations.NullMarked;
