package io.plumbline.cli;

import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says what to do where a command cannot do what was asked; anything else is a bug and is thrown on. */
final class FailureText implements IExecutionExceptionHandler {

    private final Console console;

    FailureText(Console console) {
        this.console = console;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) throws Exception {
        if (failure instanceof CliException expected) {
            console.note(command.getCommandName() + ": " + expected.getMessage());
            return expected.exitCode();
        }
        throw failure;
    }
}
