/** Security of a deployment: every app under its own grants, over TLS. */
@NullMarked
package io.plumbline.local.security;

import org.jspecify.annotations.NullMarked;
