package io.plumbline.stores.postgres;

import java.util.Collection;

/** SQL literals, quoted. */
public final class Sql {

    private Sql() {}

    /** A text, whatever {@code standard_conforming_strings} says. It must hold no NUL, which PostgreSQL cannot hold. */
    public static String literal(String text) {
        String quoted = "'" + text.replace("'", "''") + "'";
        return text.indexOf('\\') < 0 ? quoted : "E" + quoted.replace("\\", "\\\\");
    }

    /** An array of that type. */
    public static String array(Collection<String> elements, String type) {
        StringBuilder array = new StringBuilder("{");
        for (String element : elements) {
            array.append(array.length() == 1 ? "\"" : ",\"");
            array.append(element.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
        }
        return literal(array.append('}').toString()) + "::" + type + "[]";
    }
}
