/** Apps as processes of their own, killed and paused at random while they work. */
@NullMarked
package io.plumbline.local.chaos;

import org.jspecify.annotations.NullMarked;
