package io.plumbline.stores.postgres;

import java.util.Collection;

/** Quoting. */
public final class Sql {

    private Sql() {}

    /** A column's name. */
    public static String name(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A table's name, optionally with its schema, as the configuration has it; quoted parts are left as they are. */
    public static String table(String table) {
        if (table.indexOf('"') >= 0) {
            return table;
        }
        int dot = table.indexOf('.');
        return dot < 0 ? name(table) : name(table.substring(0, dot)) + "." + name(table.substring(dot + 1));
    }

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
