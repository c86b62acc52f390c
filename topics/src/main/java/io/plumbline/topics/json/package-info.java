/** How records and configuration become JSON and back. */
@NullMarked
package io.plumbline.topics.json;

import org.jspecify.annotations.NullMarked;
