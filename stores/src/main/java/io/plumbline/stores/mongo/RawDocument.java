package io.plumbline.stores.mongo;

/** A document as its bytes, not decoded; read with {@link RawDocumentCodec}. */
public final class RawDocument {

    private final byte[] bytes;

    public RawDocument(byte[] bytes) {
        this.bytes = bytes;
    }

    public byte[] bytes() {
        return bytes;
    }
}
