package io.plumbline.stores.mongo;

import org.bson.BsonReader;
import org.bson.BsonWriter;
import org.bson.RawBsonDocument;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.RawBsonDocumentCodec;

/** Takes documents off the wire as bytes. */
public final class RawDocumentCodec implements Codec<RawDocument> {

    private final RawBsonDocumentCodec raw = new RawBsonDocumentCodec();

    @Override
    public RawDocument decode(BsonReader reader, DecoderContext context) {
        RawBsonDocument document = raw.decode(reader, context);
        return new RawDocument(document.getByteBuffer().array());
    }

    @Override
    public void encode(BsonWriter writer, RawDocument document, EncoderContext context) {
        raw.encode(writer, new RawBsonDocument(document.bytes()), context);
    }

    @Override
    public Class<RawDocument> getEncoderClass() {
        return RawDocument.class;
    }
}
