package io.plumbline.reconciler.cases;

import io.plumbline.topics.record.RepairAnswer;
import io.plumbline.topics.record.RepairAnswer.Result;
import io.plumbline.topics.record.RepairCommand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Repairs the simulated world as the repairer does: target, source, conditional write, both again; with a journal. */
final class SimulatedRepairer {

    private final SimulatedWorld world;
    private final Consumer<RepairAnswer> answers;
    private final Map<String, Entry> journal = new HashMap<>();
    private final Set<String> ended = new HashSet<>();
    private final List<String> repaired = new ArrayList<>();
    int trouble;

    private record Entry(@Nullable String before, @Nullable String after) {}

    SimulatedRepairer(SimulatedWorld world, Consumer<RepairAnswer> answers) {
        this.world = world;
        this.answers = answers;
    }

    /** Repairs that can be undone. */
    List<String> repaired() {
        return repaired;
    }

    void repair(RepairCommand command) {
        if (world.chance(trouble) && !command.repairId().isEmpty()) {
            switch ((int) world.upTo(4)) {
                case 0 -> answer(command, Result.UNAVAILABLE);
                case 1 -> answer(command, Result.FAILED);
                case 2 -> answer(command, Result.EXPIRED);
                default -> {} // the answer is lost
            }
            return;
        }
        if (world.now > command.deadline().toEpochMilli()) {
            answer(command, Result.EXPIRED);
            return;
        }
        String target = world.target;
        world.after(1 + world.upTo(10), () -> decide(command, target));
    }

    private void decide(RepairCommand command, @Nullable String target) {
        if (ended.contains(command.repairId())) {
            answer(command, Result.REPAIRED);
            return;
        }
        Entry intent = journal.get(command.repairId());
        Entry undone = command.undoes() == null ? null : Objects.requireNonNull(journal.get(command.undoes()));
        String planned = undone == null ? world.source : undone.before();
        boolean ours = intent != null && Objects.equals(intent.after(), target);
        if (Objects.equals(planned, target)) {
            end(command, ours ? Result.REPAIRED : Result.SUPERSEDED);
        } else if (undone != null && !Objects.equals(undone.after(), target)) {
            end(command, Result.SUPERSEDED);
        } else {
            journal.put(command.repairId(), new Entry(target, planned));
            world.after(1 + world.upTo(10), () -> write(command, target, planned));
        }
    }

    private void write(RepairCommand command, @Nullable String observed, @Nullable String planned) {
        if (!Objects.equals(observed, world.target)) {
            end(command, Result.CONTESTED);
            return;
        }
        world.target = planned;
        if (world.chance(trouble)) {
            answer(command, Result.UNAVAILABLE);
            return;
        }
        world.after(world.upTo(10), () -> {
            boolean done = command.undoes() == null ? world.isEqual() : Objects.equals(world.target, planned);
            end(command, done ? Result.REPAIRED : Result.MISMATCHED);
        });
    }

    private void end(RepairCommand command, Result result) {
        if (result == Result.REPAIRED) {
            ended.add(command.repairId());
            if (command.undoes() == null) {
                repaired.add(command.repairId());
            }
        }
        answer(command, result);
    }

    private void answer(RepairCommand command, Result result) {
        Entry entry = journal.get(command.repairId());
        RepairAnswer answer = new RepairAnswer(
                command.entity(),
                command.repairId(),
                command.runId(),
                result,
                entry == null ? null : entry.before(),
                entry == null ? null : entry.after(),
                world.source == null ? "absent" : world.source,
                result == Result.REPAIRED ? null : "simulated");
        answers.accept(answer);
        if (world.chance(trouble)) {
            answers.accept(answer);
        }
    }
}
