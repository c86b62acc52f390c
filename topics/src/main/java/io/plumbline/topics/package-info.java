/** The contract between the apps: topics, records, serdes, schemas and configuration types. No I/O and no decisions. */
@NullMarked
package io.plumbline.topics;

import org.jspecify.annotations.NullMarked;
