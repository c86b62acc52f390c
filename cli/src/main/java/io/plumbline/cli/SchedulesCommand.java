package io.plumbline.cli;

import io.plumbline.topics.record.Schedule;
import io.plumbline.topics.record.Schedule.Origin;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code schedules}: what runs when; pauses, resumes and deletes. */
@Command(name = "schedules", description = "Lists the schedules, or pauses, resumes or deletes one.")
final class SchedulesCommand extends ClientCommand {

    /** What is done to one schedule. */
    enum Action {
        PAUSE,
        RESUME,
        DELETE;

        @Override
        public String toString() {
            return ReportText.word(this);
        }
    }

    /** A line of {@code --json}. */
    record Line(
            String schedule,
            String cron,
            @Nullable String zone,
            String job,
            Schedule.@Nullable CatchUp catchUp,
            boolean paused,
            boolean deleted,
            @Nullable Origin origin) {}

    @Parameters(index = "0", arity = "0..1", paramLabel = "ACTION", description = "pause, resume or delete")
    private @Nullable Action action;

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "the schedule")
    private @Nullable String name;

    SchedulesCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(Cluster cluster, Console console) {
        Map<String, Schedule> schedules = new TreeMap<>(cluster.latest(cluster.topics().schedules));
        if (action == null) {
            list(schedules, console);
            return ExitCodes.COMPLETED;
        }
        if (name == null) {
            throw new CliException(
                    ExitCodes.USAGE, "which schedule? There are: " + String.join(", ", schedules.keySet()));
        }
        Schedule schedule = schedules.get(name);
        if (schedule == null || schedule.deleted()) {
            schedules.values().removeIf(Schedule::deleted);
            throw new CliException(ExitCodes.USAGE, Names.unknown("schedule", name, schedules.keySet()));
        }
        Schedule changed = changed(schedule, action);
        cluster.send(cluster.topics().schedules, name, changed);
        if (json()) {
            console.json(line(name, changed));
        } else {
            console.line("schedule %s: %s".formatted(name, state(changed)));
        }
        return ExitCodes.COMPLETED;
    }

    private static Schedule changed(Schedule schedule, Action action) {
        return switch (action) {
            case PAUSE -> paused(schedule, true);
            case RESUME -> paused(schedule, false);
            case DELETE -> schedule.deletedByOperator();
        };
    }

    private static Schedule paused(Schedule schedule, boolean paused) {
        return new Schedule(
                schedule.cron(), schedule.zone(), schedule.job(), schedule.catchUp(), paused, false, Origin.OPERATOR);
    }

    private void list(Map<String, Schedule> schedules, Console console) {
        if (json()) {
            schedules.forEach((schedule, value) -> console.json(line(schedule, value)));
            return;
        }
        Table table = new Table(List.of("schedule", "cron", "zone", "job", "catch-up", "state"), Set.of());
        schedules.forEach((schedule, value) -> table.row(
                schedule,
                value.cron(),
                value.zone() == null ? "UTC" : value.zone(),
                value.job(),
                value.catchUp() == null ? "latest" : ReportText.word(value.catchUp()),
                state(value)));
        console.line(table.text());
    }

    private static Line line(String name, Schedule schedule) {
        return new Line(
                name,
                schedule.cron(),
                schedule.zone(),
                schedule.job(),
                schedule.catchUp(),
                schedule.paused(),
                schedule.deleted(),
                schedule.origin());
    }

    private static String state(Schedule schedule) {
        if (schedule.deleted()) {
            return "deleted";
        }
        return schedule.paused() ? "paused" : "active";
    }
}
