package io.plumbline.stores;

/** A store is away: nothing was proven, ask again. */
public final class StoreUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String store;

    public StoreUnavailableException(String store, Throwable cause) {
        super(store + " is unavailable: " + cause.getMessage(), cause);
        this.store = store;
    }

    public String store() {
        return store;
    }
}
