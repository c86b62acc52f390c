package io.plumbline.local.servers;

import java.util.Locale;

/** Whose servers this process of tests was told to use, by {@code -Dplumbline.servers}. */
enum Provider {
    EMBEDDED,
    CONTAINERS;

    /** Embedded where nothing is said. */
    static Provider chosen() {
        String told = System.getProperty("plumbline.servers", "embedded");
        for (Provider provider : values()) {
            if (provider.name().toLowerCase(Locale.ROOT).equals(told)) {
                return provider;
            }
        }
        throw new IllegalArgumentException("plumbline.servers is '" + told + "'; right is 'embedded' or 'containers'");
    }
}
