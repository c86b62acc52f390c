package io.plumbline.stores.mongo;

/** A document as its bytes, not decoded; read with {@link RawDocumentCodec}. */
public record RawDocument(byte[] bytes) {}
