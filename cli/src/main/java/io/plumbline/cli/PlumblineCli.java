package io.plumbline.cli;

import io.plumbline.cli.ClientCommand.Surroundings;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** The command-line clients: they talk to Kafka only. */
@Command(
        name = "plumbline",
        description = "Keeps derived stores true to their source.",
        mixinStandardHelpOptions = true,
        version = "plumbline 0.1.0",
        synopsisSubcommandLabel = "COMMAND")
public final class PlumblineCli {

    public static void main(String[] args) {
        System.exit(addTo(new CommandLine(new PlumblineCli())).execute(args));
    }

    /** Adds the clients to a command line that may have commands of its own. */
    public static CommandLine addTo(CommandLine root) {
        return addTo(root, new Surroundings(Console.system(), ClusterOptions::open));
    }

    static CommandLine addTo(CommandLine root, Console console, Function<ClusterOptions, Cluster> clusters) {
        return addTo(root, new Surroundings(console, clusters));
    }

    private static CommandLine addTo(CommandLine root, Surroundings surroundings) {
        List<ClientCommand> commands = List.of(
                new JobsCommand(surroundings),
                new TriggerCommand(surroundings),
                new ReportsCommand(surroundings),
                new DriftsCommand(surroundings),
                new GapsCommand(surroundings),
                new SchedulesCommand(surroundings),
                new ApproveCommand(surroundings),
                new UndoCommand(surroundings));
        for (ClientCommand command : commands) {
            CommandLine client = new CommandLine(command);
            describeExitCodes(client.getCommandSpec());
            root.addSubcommand(client);
        }
        root.setCaseInsensitiveEnumValuesAllowed(true);
        root.setExecutionExceptionHandler(new FailureText(surroundings.console()));
        return root;
    }

    private static void describeExitCodes(CommandSpec spec) {
        spec.usageMessage().exitCodeListHeading("%nExit status:%n").exitCodeList(ExitCodes.described());
    }
}
