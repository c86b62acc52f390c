@NullMarked
package io.plumbline.stores.replication;

import org.jspecify.annotations.NullMarked;
