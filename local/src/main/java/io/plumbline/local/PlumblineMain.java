package io.plumbline.local;

import io.plumbline.cli.PlumblineCli;
import io.plumbline.local.demo.DemoCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What {@code ./plumbline} runs: the local system, the demo, and the clients. */
@Command(
        name = "plumbline",
        description = "Keeps derived stores true to their source, on Kafka.",
        mixinStandardHelpOptions = true)
public final class PlumblineMain implements Runnable {

    private PlumblineMain() {}

    public static void main(String[] args) {
        System.exit(commands().execute(args));
    }

    static CommandLine commands() {
        return PlumblineCli.addTo(new CommandLine(new PlumblineMain())
                .addSubcommand(new LocalCommand())
                .addSubcommand(new DemoCommand()));
    }

    @Override
    public void run() {
        commands().usage(System.out);
    }
}
