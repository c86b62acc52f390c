/** What structured logs have in common. */
@NullMarked
package io.plumbline.topics.log;

import org.jspecify.annotations.NullMarked;
