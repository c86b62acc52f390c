package io.plumbline.stores.postgres;

import java.util.Arrays;
import java.util.stream.Collectors;

/** SQL identifiers, quoted, so that they mean exactly the name that was declared. */
public final class QuotedName {

    private QuotedName() {}

    public static String of(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A table's name, optionally with its schema before a dot. */
    public static String ofTable(String table) {
        return Arrays.stream(table.split("\\.", 2)).map(QuotedName::of).collect(Collectors.joining("."));
    }
}
