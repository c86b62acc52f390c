package io.plumbline.cli;

import java.util.Collection;

/** Names of things and of people, in messages. */
final class Names {

    private Names() {}

    static String unknown(String what, String name, Collection<String> known) {
        String list = known.isEmpty()
                ? "none"
                : String.join(", ", known.stream().sorted().toList());
        return "there is no %s '%s'; there are: %s".formatted(what, name, list);
    }

    /** Who a trigger is said to be from. */
    static String whoAmI() {
        String user = System.getProperty("user.name");
        return user == null || user.isBlank() ? "command line" : user;
    }
}
