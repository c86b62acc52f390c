package io.plumbline.bench;

import io.plumbline.topics.json.Json;
import java.io.PrintStream;
import java.util.Locale;

/** Where results and progress go: figures to standard output, everything else to standard error. */
final class Console {

    private static final PrintStream FIGURES = System.out;
    private static final PrintStream PROGRESS = System.err;

    private Console() {}

    static void print(Figure figure) {
        FIGURES.println(Json.text(figure));
        FIGURES.flush();
    }

    static void say(String format, Object... values) {
        PROGRESS.printf(Locale.ROOT, format + "%n", values);
    }
}
