package io.plumbline.stores;

/** A store is there and refuses: a missing column, a wrong password, a statement that fails. Asking again is no help. */
public final class StoreRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String store;

    public StoreRefusedException(String store, Throwable cause) {
        super(store + " refused: " + cause.getMessage(), cause);
        this.store = store;
    }

    public String store() {
        return store;
    }
}
