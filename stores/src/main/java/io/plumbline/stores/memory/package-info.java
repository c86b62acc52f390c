/** Stores without a server, for the tests of what uses a store; each passes the contract of its port. */
@NullMarked
package io.plumbline.stores.memory;

import org.jspecify.annotations.NullMarked;
