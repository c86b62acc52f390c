@NullMarked
package io.plumbline.local.demo;

import org.jspecify.annotations.NullMarked;
