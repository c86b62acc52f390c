package io.plumbline.runtime.config;

import java.util.List;

/** The configuration is not usable; every error says where in the file it is and what would be right. */
public final class ConfigException extends RuntimeException {

    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial") // an immutable list of texts
    private final List<String> errors;

    public ConfigException(List<String> errors) {
        super("the configuration has " + (errors.size() == 1 ? "an error" : errors.size() + " errors") + ":\n  "
                + String.join("\n  ", errors));
        this.errors = List.copyOf(errors);
    }

    public List<String> errors() {
        return errors;
    }
}
