package io.plumbline.topics.record;

/** An entity that a segment's comparison found unequal, with what it saw. */
public record Suspect(EntityKey entity, Look look) {}
