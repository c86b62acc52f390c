@NullMarked
package io.plumbline.local.mongo;

import org.jspecify.annotations.NullMarked;
