package io.plumbline.runtime.config;

import java.util.Locale;
import java.util.regex.Pattern;

/** What of the configuration must not be shown. */
final class Secrets {

    static final String MASK = "***";

    /** All of it: whoever knows the address may post. */
    private static final String WEBHOOK = "notifications.url";

    private static final Pattern NAMES = Pattern.compile(
            "password|secret|jaas|token|credential|passphrase|ssl\\.(keystore|truststore)\\.(key|cert)");
    /** To the last @, since a password that was not encoded as it should be may have one, and is one all the same. */
    private static final Pattern USER_INFO = Pattern.compile("^((?!jdbc:)[^:]*://[^/@:]*):.*@");

    private static final Pattern PARAMETERS =
            Pattern.compile("(?i)([?&;][^=&;?]*(?:password|secret|token|properties)[^=&;?]*=)[^&;]*");

    private Secrets() {}

    /** Whether the value of the key at this path is one, or may hold one. */
    static boolean isSecret(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        return lower.equals("mongo.url")
                || lower.equals(WEBHOOK)
                || lower.equals("postgres.url")
                || NAMES.matcher(lower).find();
    }

    /** The text to show for the key at this path: addresses without what is secret in them, other secrets masked. */
    static String masked(String path, String text) {
        if (path.endsWith("url") && !path.equalsIgnoreCase(WEBHOOK)) {
            String hidden = USER_INFO.matcher(text).replaceAll("$1:" + MASK + "@");
            return PARAMETERS.matcher(hidden).replaceAll("$1" + MASK);
        }
        return isSecret(path) ? MASK : text;
    }
}
