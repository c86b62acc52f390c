@NullMarked
package io.plumbline.reconciler.run;

import org.jspecify.annotations.NullMarked;
