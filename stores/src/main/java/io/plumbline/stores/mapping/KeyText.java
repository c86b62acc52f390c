package io.plumbline.stores.mapping;

import io.plumbline.topics.config.KeyPartConfig;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The canonical text of one key part from the text of a source value: trimmed, folded, rewritten, in this order, and in
 * the one spelling of its type.
 */
public final class KeyText {

    private static final String WHITE_SPACE = " \t\n\u000b\f\r";

    private KeyText() {}

    /** {@code null} where the text is empty or not of the part's type. */
    public static @Nullable String canonical(KeyPartConfig part, String text) {
        String folded = folded(part, part.trim() ? trimmed(text) : text);
        KeyPartConfig.Rewrite rewrite = part.rewrite();
        String spelt = rewrite == null ? folded : folded.replaceAll(rewrite.pattern(), rewrite.replacement());
        return spelt.isEmpty() ? null : typed(part.type(), spelt);
    }

    private static @Nullable String typed(KeyPartConfig.Type type, String text) {
        try {
            return switch (type) {
                case TEXT -> text;
                case INTEGER -> Long.toString(new BigDecimal(text).longValueExact());
                case UUID -> text.length() == 36 ? UUID.fromString(text).toString() : null;
                case DATE -> LocalDate.parse(text).toString();
                case OBJECT_ID -> text.matches("[0-9a-fA-F]{24}") ? text.toLowerCase(Locale.ROOT) : null;
            };
        } catch (ArithmeticException | IllegalArgumentException | DateTimeParseException notOfTheType) {
            return null;
        }
    }

    private static String folded(KeyPartConfig part, String text) {
        if (part.letterCase() == null) {
            return text;
        }
        return switch (part.letterCase()) {
            case LOWER -> text.toLowerCase(Locale.ROOT);
            case UPPER -> text.toUpperCase(Locale.ROOT);
        };
    }

    private static String trimmed(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && WHITE_SPACE.indexOf(text.charAt(from)) >= 0) {
            from++;
        }
        while (from < to && WHITE_SPACE.indexOf(text.charAt(to - 1)) >= 0) {
            to--;
        }
        return text.substring(from, to);
    }
}
