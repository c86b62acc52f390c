package io.plumbline.stores.mapping;

import io.plumbline.topics.config.KeyPartConfig;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a key part is spelt: the canonical text of a source value's text is trimmed, rewritten, folded, in this order, and
 * must then be in the one spelling of its type. PostgreSQL does the same in SQL.
 */
public final class KeySpelling {

    private static final Pattern OBJECT_ID = Pattern.compile("[0-9a-f]{24}");

    private final KeyPartConfig.Type type;
    private final TextFold fold;
    private final @Nullable Rewriting rewriting;

    /** Throws {@link java.util.regex.PatternSyntaxException} where the rewrite's pattern is none. */
    public KeySpelling(KeyPartConfig config) {
        this.type = config.type();
        this.fold = new TextFold(config.trim(), config.letterCase());
        KeyPartConfig.Rewrite rewrite = config.rewrite();
        this.rewriting = rewrite == null ? null : new Rewriting(rewrite);
    }

    @Nullable
    Rewriting rewriting() {
        return rewriting;
    }

    /** Whether every value is spelt as it is. */
    boolean changesNothing() {
        return rewriting == null && fold.changesNothing();
    }

    /** Whether text is folded or trimmed, so that the target's may not be. */
    boolean foldsText() {
        return !fold.changesNothing();
    }

    /** The canonical text of a source value's text; {@code null} where it is no key. */
    public @Nullable String canonical(String raw) {
        String trimmed = fold.trimmed(raw);
        String text = fold.cased(rewriting == null ? trimmed : rewriting.apply(trimmed));
        return isCanonical(text) ? text : null;
    }

    boolean isCanonical(String text) {
        if (text.isEmpty()) {
            return false;
        }
        try {
            return switch (type) {
                case TEXT -> fold.cased(fold.trimmed(text)).equals(text);
                case INTEGER -> Long.toString(Long.parseLong(text)).equals(text);
                case UUID ->
                    text.length() == 36 && UUID.fromString(text).toString().equals(text);
                case DATE -> LocalDate.parse(text).toString().equals(text);
                case OBJECT_ID -> OBJECT_ID.matcher(text).matches();
            };
        } catch (IllegalArgumentException | DateTimeException e) {
            return false;
        }
    }
}
