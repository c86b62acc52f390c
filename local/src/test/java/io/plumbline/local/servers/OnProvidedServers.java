package io.plumbline.local.servers;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests that run twice: on embedded parts, and on {@link Servers#provided()} containers where an engine is there. */
@Tag("provided-servers")
@ExtendWith(EngineCondition.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface OnProvidedServers {}
