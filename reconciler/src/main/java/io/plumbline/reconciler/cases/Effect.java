package io.plumbline.reconciler.cases;

import io.plumbline.topics.record.CheckCommand;
import io.plumbline.topics.record.Drift;
import io.plumbline.topics.record.RepairCommand;
import io.plumbline.topics.record.RunEvent;
import org.jspecify.annotations.Nullable;

/** What a transition sends out. */
sealed interface Effect {

    record Ask(CheckCommand command, boolean fast) implements Effect {}

    record Repair(RepairCommand command) implements Effect {}

    /** @param drift what now stands about the entity; {@code null} deletes it */
    record Publish(@Nullable Drift drift) implements Effect {}

    record Tell(String group, RunEvent event) implements Effect {}
}
