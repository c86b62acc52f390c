package io.plumbline.reconciler.cases;

import io.plumbline.topics.record.CaseEvent;
import io.plumbline.topics.record.CheckAnswer;
import io.plumbline.topics.record.RepairAnswer;

/** What can happen to a case. */
sealed interface CaseInput {

    record Happened(CaseEvent event) implements CaseInput {}

    record Looked(CheckAnswer answer) implements CaseInput {}

    record Repaired(RepairAnswer answer) implements CaseInput {}

    /** The case's due time has come. */
    record Due() implements CaseInput {}
}
