package io.plumbline.cli;

import io.plumbline.topics.json.Json;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Where a command speaks to: results to {@code out}, progress and errors to {@code err}.
 *
 * @param terminal whether a person watches
 */
public record Console(PrintWriter out, PrintWriter err, boolean terminal, Clock clock) {

    /** This process's own. */
    static Console system() {
        return new Console(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                isTerminal(System.console()),
                Clock.systemUTC());
    }

    /** From JDK 22 on there is a console without a terminal too, and it says so by a method that 21 does not have. */
    private static boolean isTerminal(java.io.@Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            return Boolean.TRUE.equals(
                    java.io.Console.class.getMethod("isTerminal").invoke(console));
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    void line(String text) {
        out.println(text);
        out.flush();
    }

    /** One JSON text per line. */
    void json(Object value) {
        line(Json.text(value));
    }

    void note(String text) {
        err.println(text);
        err.flush();
    }
}
