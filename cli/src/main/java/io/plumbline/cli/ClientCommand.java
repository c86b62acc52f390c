package io.plumbline.cli;

import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What all commands have: which cluster, and how results are shown. */
@Command(
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        sortOptions = false,
        synopsisHeading = "Usage: ",
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n")
abstract class ClientCommand implements Callable<Integer> {

    @Mixin
    private final ClusterOptions clusterOptions = new ClusterOptions();

    @Option(names = "--json", description = "One JSON text per line, for scripts.")
    private boolean json;

    private final Surroundings surroundings;

    /** What a command is given: where it speaks to, and how options become a cluster. */
    record Surroundings(Console console, Function<ClusterOptions, Cluster> clusters) {}

    ClientCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public final Integer call() {
        return run(surroundings.clusters().apply(clusterOptions), surroundings.console());
    }

    /** Does it and returns the exit status. */
    abstract int run(Cluster cluster, Console console);

    boolean json() {
        return json;
    }
}
