package io.plumbline.stores.replication;

import io.plumbline.topics.config.PostgresConfig;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * A JDBC URL taken apart, for clients that want its parts. Of several hosts, all but the last port stay with the host, so
 * that putting the parts together again gives the same URL.
 *
 * @param parameters those of the URL, such as {@code sslmode}
 */
public record SourceAddress(String host, String port, String database, Map<String, String> parameters) {

    private static final Pattern URL = Pattern.compile(
            "jdbc:postgresql:(//(?<host>[^/?]*?)(:(?<port>\\d+))?/)?(?<database>[^?]*)(\\?(?<parameters>.*))?");

    /** Throws {@link IllegalArgumentException} where it is not the URL of a PostgreSQL database. */
    public static SourceAddress of(PostgresConfig postgres) {
        Matcher url = URL.matcher(postgres.url());
        if (!url.matches() || Driver.parseURL(postgres.url(), null) == null) {
            throw new IllegalArgumentException(
                    "postgres.url is not a PostgreSQL URL; jdbc:postgresql://host:port/database is");
        }
        String database = decoded(orElse(url.group("database"), postgres.user()));
        return new SourceAddress(
                orElse(url.group("host"), "localhost"),
                orElse(url.group("port"), "5432"),
                database,
                parameters(orElse(url.group("parameters"), "")));
    }

    /** To be shown: without the parameters, which may hold secrets. */
    public String name() {
        return host + ":" + port + "/" + database;
    }

    private static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new HashMap<>();
        for (String parameter : text.split("&", -1)) {
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                parameters.put(parameter.substring(0, equals), decoded(parameter.substring(equals + 1)));
            }
        }
        return Map.copyOf(parameters);
    }

    private static String orElse(@Nullable String group, String otherwise) {
        return group == null || group.isEmpty() ? otherwise : group;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
