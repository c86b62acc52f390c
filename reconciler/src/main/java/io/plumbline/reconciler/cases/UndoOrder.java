package io.plumbline.reconciler.cases;

/** A run's order to undo one repair of the entity. */
record UndoOrder(String runId, String group, String undoes, long deadline) {}
