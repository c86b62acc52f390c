package io.plumbline.stores.mapping;

import java.util.List;

/** What a dataset's declaration and its source contradict; all of it at once. */
public final class MappingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final List<String> errors;

    public MappingException(List<String> errors) {
        super(String.join("\n", errors));
        this.errors = List.copyOf(errors);
    }

    public List<String> errors() {
        return errors;
    }
}
