package io.plumbline.stores;

/**
 * The mapped content of one side of an entity, normalised as the dataset declares: comparable with the other side's by
 * {@link EntityComparer}. Implementations are the adapters'.
 */
public interface Content {

    /** A digest that is equal for equal normalised content, whichever store it was read from. */
    String digest();

    /** The mapped fields as JSON text, lossless for the store it was read from or is planned for. */
    String json();
}
