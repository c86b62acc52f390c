package io.plumbline.local;

import io.plumbline.cli.PlumblineCli;
import io.plumbline.local.demo.DemoCommand;
import io.plumbline.local.demo.MailsCommand;
import io.plumbline.local.demo.MarketCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What {@code ./plumbline} runs: the local system, the demo and its parts, and the clients. */
@Command(
        name = "plumbline",
        description = "Keeps derived stores true to their source, on Kafka.",
        footer = {
            "",
            "From the source tree also:",
            "  bench              Benchmarks; see bench/README.md.",
            "  soak               All apps at a moderate load for a long time: what grows?"
        },
        mixinStandardHelpOptions = true)
public final class PlumblineMain implements Runnable {

    private PlumblineMain() {}

    public static void main(String[] args) {
        System.exit(commands().execute(args));
    }

    static CommandLine commands() {
        return PlumblineCli.addTo(new CommandLine(new PlumblineMain())
                .addSubcommand(new LocalCommand())
                .addSubcommand(new DemoCommand())
                .addSubcommand(new MailsCommand())
                .addSubcommand(new MarketCommand()));
    }

    @Override
    public void run() {
        commands().usage(System.out);
    }
}
