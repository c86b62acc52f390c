package io.plumbline.local.demo;

import io.plumbline.topics.record.DriftClass;
import io.plumbline.topics.record.EntityKey;

/** A drift that was made on purpose: of which entity, how it has to be seen, and what was done. */
record Planted(EntityKey entity, DriftClass drift, String how) {}
