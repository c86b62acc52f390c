package io.plumbline.runtime.config;

import io.plumbline.topics.record.Timeframe;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Checks of the candle cache and of the exchanges. */
final class CandleChecks {

    private static final Pattern PLACEHOLDER = Pattern.compile("<[^<>]*>");
    private static final Set<String> PLACEHOLDERS = Set.of("<userId>", "<exchangeId>", "<symbol>", "<timeframe>");
    private static final List<String> NEEDED = List.of("<exchangeId>", "<symbol>", "<timeframe>");

    private final ConfigErrors errors;

    CandleChecks(ConfigErrors errors) {
        this.errors = errors;
    }

    void check(ConfigNode root) {
        ConfigNode redis = root.at("redis");
        if (redis.isGiven()) {
            checkNodes(redis);
            checkSecurity(redis);
            redis.text("key-format").ifPresent(format -> checkKeyFormat(redis.at("key-format"), format));
            checkFields(redis.at("fields"));
            new DurationChecks(errors).positive(redis.at("timeout"));
            new DurationChecks(errors).positive(redis.at("expiry"));
        }
        ConfigNode exchanges = root.at("exchanges");
        if (!exchanges.entries().isEmpty() && !redis.isGiven()) {
            errors.add(redis.path(), "is missing; exchanges fill the candle cache, which is needed then");
        }
        exchanges.entries().values().forEach(this::checkExchange);
        checkIds(exchanges);
    }

    private void checkNodes(ConfigNode redis) {
        List<ConfigNode> nodes = redis.at("nodes").items();
        if (nodes.size() > 1 && !redis.isTrue("cluster")) {
            errors.add(
                    redis.at("nodes").path(),
                    "names %d nodes without cluster: true; right is one server, or that".formatted(nodes.size()));
        }
        if (redis.isTrue("cluster") && redis.at("database").json().asInt(0) != 0) {
            errors.add(redis.at("database").path(), "a cluster has database 0 only; remove it");
        }
        for (ConfigNode node : nodes) {
            node.text()
                    .filter(text -> port(text) > 65535)
                    .ifPresent(text -> errors.add(
                            node.path(), "'%s' has no port from 1 to 65535; right is host:port".formatted(text)));
        }
    }

    private static int port(String node) {
        String digits = node.substring(node.lastIndexOf(':') + 1);
        return digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : 0;
    }

    private void checkSecurity(ConfigNode redis) {
        if (redis.has("user") && !redis.has("password")) {
            errors.add(redis.at("password").path(), "is missing; a user has one");
        }
        for (String store : List.of("truststore", "keystore")) {
            if (redis.has(store) && !redis.isTrue("tls")) {
                errors.add(redis.at(store).path(), "means nothing without tls: true");
            }
            if (redis.has(store + "-password") && !redis.has(store)) {
                errors.add(redis.at(store + "-password").path(), "means nothing without " + store);
            }
        }
    }

    private void checkKeyFormat(ConfigNode node, String format) {
        PLACEHOLDER
                .matcher(format)
                .results()
                .map(MatchResult::group)
                .filter(found -> !PLACEHOLDERS.contains(found))
                .forEach(found -> errors.add(
                        node.path(),
                        "%s is no part of a series; right are <userId>, <exchangeId>, <symbol> and <timeframe>"
                                .formatted(found)));
        for (String part : NEEDED) {
            if (!format.contains(part)) {
                errors.add(node.path(), "lacks %s, so that two series would share a key".formatted(part));
            }
        }
    }

    private void checkFields(ConfigNode fields) {
        Map<String, String> taken = new LinkedHashMap<>();
        fields.entries()
                .values()
                .forEach(field -> field.text().ifPresent(name -> {
                    String other = taken.putIfAbsent(name, field.path());
                    if (other != null) {
                        errors.add(field.path(), "'%s' is also %s; right is a name for each".formatted(name, other));
                    }
                }));
    }

    private void checkExchange(ConfigNode exchange) {
        new DurationChecks(errors).positive(exchange.at("timeout"));
        ConfigNode url = exchange.at("base-url");
        url.text().ifPresent(text -> {
            try {
                URI uri = new URI(text);
                if (uri.getHost() == null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
                    errors.add(
                            url.path(),
                            "'%s' is no base address; right is one such as https://host/path".formatted(text));
                }
            } catch (URISyntaxException e) {
                errors.add(url.path(), "'%s' is no address (%s)".formatted(text, e.getReason()));
            }
        });
        for (ConfigNode timeframe : exchange.at("timeframes").items()) {
            timeframe.text().ifPresent(text -> checkTimeframe(timeframe, text));
        }
    }

    private void checkTimeframe(ConfigNode node, String text) {
        try {
            Timeframe unused = Timeframe.parse(text);
        } catch (IllegalArgumentException e) {
            errors.add(node.path(), String.valueOf(e.getMessage()));
        }
    }

    /** Two exchanges of one user must not share the cache's keys. */
    private void checkIds(ConfigNode exchanges) {
        Map<String, String> taken = new LinkedHashMap<>();
        exchanges.entries().values().forEach(exchange -> {
            String ids = exchange.text("user-id").orElse("") + "\n"
                    + exchange.text("exchange-id").orElse("");
            String other = taken.putIfAbsent(ids, exchange.path());
            if (other != null) {
                errors.add(
                        exchange.at("exchange-id").path(),
                        "and user-id are those of %s too; their candles would share keys".formatted(other));
            }
        });
    }
}
