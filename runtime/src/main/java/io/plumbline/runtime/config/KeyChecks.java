package io.plumbline.runtime.config;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Checks of how a row finds its document or its element. */
final class KeyChecks {

    private final ConfigErrors errors;

    KeyChecks(ConfigErrors errors) {
        this.errors = errors;
    }

    void check(ConfigNode dataset) {
        List<ConfigNode> parts = dataset.at("key").items();
        boolean array = dataset.at("target").has("array");
        for (ConfigNode part : parts) {
            checkPlace(part, array);
            checkRewrite(part.at("rewrite"));
        }
        if (parts.isEmpty()) {
            return;
        }
        if (parts.stream().noneMatch(part -> part.has("document"))) {
            errors.add(
                    dataset.at("key").path(), "no part has document; right is at least one, which finds the document");
        }
        if (array && parts.stream().noneMatch(part -> part.has("element"))) {
            errors.add(
                    dataset.at("key").path(),
                    "no part has element; right is at least one, which finds the element of target.array");
        }
    }

    private void checkPlace(ConfigNode part, boolean array) {
        if (part.has("document") == part.has("element")) {
            errors.add(
                    part.path(),
                    "has %s; right is exactly one of document and element"
                            .formatted(
                                    part.has("document")
                                            ? "both document and element"
                                            : "neither document nor element"));
        }
        if (part.has("element") && !array) {
            errors.add(part.at("element").path(), "needs target.array; right is document, or an array");
        }
    }

    private void checkRewrite(ConfigNode rewrite) {
        rewrite.text("pattern").ifPresent(pattern -> {
            try {
                Matcher matcher = Pattern.compile(pattern).matcher("");
                rewrite.text("replacement")
                        .ifPresent(replacement -> checkGroups(rewrite, replacement, matcher.groupCount()));
            } catch (PatternSyntaxException e) {
                errors.add(
                        rewrite.at("pattern").path(),
                        "'%s' is not a regular expression: %s".formatted(pattern, e.getDescription()));
            }
        });
    }

    private void checkGroups(ConfigNode rewrite, String replacement, int groups) {
        Matcher references = Pattern.compile("[$\\\\]([0-9])").matcher(replacement);
        while (references.find()) {
            if (Integer.parseInt(references.group(1)) > groups) {
                errors.add(
                        rewrite.at("replacement").path(),
                        "refers to group %s, the pattern has %d".formatted(references.group(1), groups));
            }
        }
    }
}
