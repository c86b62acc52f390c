package io.plumbline.runs;

import io.plumbline.runs.StateStore.Form;
import io.plumbline.topics.record.RunRequest;
import io.plumbline.topics.record.WhenBusy;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One run at a time per exclusive group; the others wait in line, or are skipped.
 *
 * <p>A tick that finds the group busy is skipped, with one exception: schedules that are due at the same instant (the
 * hourly and the daily one, at two o'clock) are not in each other's way, the later one waits.
 */
final class Groups {

    private static final Form<Group> GROUP = new Form<>(Group.class);
    private static final Form<RunRequest> REQUEST = new Form<>(RunRequest.class);

    private final StateStore state;
    private final Timers timers;

    Groups(RunContext context) {
        state = context.state();
        timers = context.timers();
    }

    /** Takes a request into line; returns the run or runs it found in its way, where it is to be skipped. */
    @Nullable
    String take(RunRequest request) {
        Group group = get(request.group());
        boolean sameInstant =
                request.cause().nominal() != null && request.cause().nominal().equals(group.nominal());
        if (group.isBusy() && request.whenBusy() == WhenBusy.SKIP && !sameInstant) {
            return group.current() == null ? "another run, which waits," : "run " + group.current();
        }
        state.put(key(request.group(), group.next()), request, REQUEST);
        put(request.group(), group.queued(request.cause().nominal()));
        if (group.current() == null) {
            timers.setNow(Timer.Kind.START, request.group());
        }
        return null;
    }

    /** Takes the next request out of the line of a group without a run; its run is the group's from now on. */
    @Nullable
    RunRequest next(String name) {
        Group group = get(name);
        if (group.current() != null || group.first() == group.next()) {
            return null;
        }
        String key = key(name, group.first());
        RunRequest request = Objects.requireNonNull(state.get(key, REQUEST), name);
        state.delete(key);
        put(name, group.started(request.runId()));
        return request;
    }

    /** The group's run is over. */
    void release(String name, String runId) {
        Group group = get(name);
        if (!runId.equals(group.current())) {
            return;
        }
        Group released = group.released();
        put(name, released);
        if (released.isBusy()) {
            timers.setNow(Timer.Kind.START, name);
        }
    }

    private Group get(String name) {
        Group group = state.get(StateStore.key("group", name), GROUP);
        return group == null ? Group.IDLE : group;
    }

    private void put(String name, Group group) {
        state.put(StateStore.key("group", name), group, GROUP);
    }

    private static String key(String group, long number) {
        return StateStore.key("queue", group, "%012d".formatted(number));
    }
}
