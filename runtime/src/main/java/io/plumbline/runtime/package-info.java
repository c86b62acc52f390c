/** What every app runs on: configuration file, topics, worker loops, Kafka Streams, metrics. */
@NullMarked
package io.plumbline.runtime;

import org.jspecify.annotations.NullMarked;
