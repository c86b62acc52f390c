package io.plumbline.stores.connect;

import java.util.List;

/** What the configuration says and the stores contradict; all of it at once. */
public final class StoresConfigException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final List<String> errors;

    public StoresConfigException(List<String> errors) {
        super(String.join("\n", errors));
        this.errors = List.copyOf(errors);
    }

    public List<String> errors() {
        return errors;
    }
}
