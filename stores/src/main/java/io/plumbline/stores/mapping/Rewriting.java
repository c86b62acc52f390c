package io.plumbline.stores.mapping;

import io.plumbline.topics.config.KeyPartConfig.Rewrite;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rewrite of a key's spelling that Java and PostgreSQL do alike: the pattern is read by both, a replacement's groups
 * are written {@code \1} or {@code $1}.
 */
public final class Rewriting {

    private static final Pattern GROUP = Pattern.compile("[\\\\$]([0-9\\\\$])");

    private final Pattern pattern;
    private final String forJava;
    private final String forPostgres;

    /** Throws {@link java.util.regex.PatternSyntaxException} where the pattern is none. */
    Rewriting(Rewrite rewrite) {
        this.pattern = Pattern.compile(rewrite.pattern());
        StringBuilder java = new StringBuilder();
        StringBuilder postgres = new StringBuilder();
        Matcher groups = GROUP.matcher(rewrite.replacement());
        int done = 0;
        while (groups.find()) {
            literal(rewrite.replacement().substring(done, groups.start()), java, postgres);
            String what = groups.group(1);
            if (Character.isDigit(what.charAt(0))) {
                java.append('$').append(what);
                postgres.append(what.equals("0") ? "\\&" : "\\" + what);
            } else {
                literal(what, java, postgres);
            }
            done = groups.end();
        }
        literal(rewrite.replacement().substring(done), java, postgres);
        this.forJava = java.toString();
        this.forPostgres = postgres.toString();
    }

    private static void literal(String text, StringBuilder java, StringBuilder postgres) {
        java.append(Matcher.quoteReplacement(text));
        postgres.append(text.replace("\\", "\\\\"));
    }

    String apply(String text) {
        return pattern.matcher(text).replaceAll(forJava);
    }

    public String pattern() {
        return pattern.pattern();
    }

    /** The replacement as {@code regexp_replace} reads it. */
    public String postgresReplacement() {
        return forPostgres;
    }
}
