package io.plumbline.stores.mapping;

import io.plumbline.topics.config.LetterCase;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What does not matter about text: white space around it (space, tab, line feed, vertical tab, form feed, carriage
 * return: the six that PostgreSQL is told to trim too) and letter case. Works on UTF-8 and copies only what it changes.
 */
final class TextFold {

    static final String WHITE_SPACE = " \t\n\u000b\f\r";

    private final boolean trim;
    private final @Nullable LetterCase letterCase;

    TextFold(boolean trim, @Nullable LetterCase letterCase) {
        this.trim = trim;
        this.letterCase = letterCase;
    }

    boolean changesNothing() {
        return !trim && letterCase == null;
    }

    void fold(Cells cells, int cell) {
        byte[] buffer = cells.buffer(cell);
        int from = cells.offset(cell);
        int to = from + cells.length(cell);
        if (trim) {
            while (from < to && isSpace(buffer[from])) {
                from++;
            }
            while (from < to && isSpace(buffer[to - 1])) {
                to--;
            }
        }
        if (letterCase != null && needsCase(buffer, from, to)) {
            cells.setText(cell, cased(new String(buffer, from, to - from, StandardCharsets.UTF_8)));
        } else {
            cells.setText(cell, buffer, from, to - from);
        }
    }

    String trimmed(String text) {
        int from = 0;
        int to = text.length();
        while (trim && from < to && WHITE_SPACE.indexOf(text.charAt(from)) >= 0) {
            from++;
        }
        while (trim && from < to && WHITE_SPACE.indexOf(text.charAt(to - 1)) >= 0) {
            to--;
        }
        return text.substring(from, to);
    }

    String cased(String text) {
        if (letterCase == null) {
            return text;
        }
        return switch (letterCase) {
            case LOWER -> text.toLowerCase(Locale.ROOT);
            case UPPER -> text.toUpperCase(Locale.ROOT);
        };
    }

    private boolean needsCase(byte[] buffer, int from, int to) {
        byte first = (byte) (letterCase == LetterCase.LOWER ? 'A' : 'a');
        byte last = (byte) (letterCase == LetterCase.LOWER ? 'Z' : 'z');
        for (int i = from; i < to; i++) {
            byte b = buffer[i];
            if (b < 0 || (b >= first && b <= last)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || (b >= 9 && b <= 13);
    }
}
