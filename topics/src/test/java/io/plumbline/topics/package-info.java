@NullMarked
package io.plumbline.topics;

import org.jspecify.annotations.NullMarked;
