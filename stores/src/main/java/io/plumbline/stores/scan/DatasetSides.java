package io.plumbline.stores.scan;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import io.plumbline.stores.SourceRows;
import io.plumbline.stores.TargetEntities;
import io.plumbline.stores.mapping.DatasetMapping;
import io.plumbline.stores.mongo.RawDocument;
import io.plumbline.stores.mongo.RawDocumentCodec;
import io.plumbline.stores.mongo.TargetSelect;
import io.plumbline.stores.postgres.SourceSelect;
import io.plumbline.topics.config.DatasetConfig;
import javax.sql.DataSource;
import org.bson.codecs.configuration.CodecRegistries;

/** Both sides of a dataset as a scan reads them. */
record DatasetSides(
        DatasetMapping mapping, DataSource source, MongoDatabase database, SourceRows rows, TargetEntities entities) {

    DatasetConfig config() {
        return mapping.config();
    }

    String dataset() {
        return mapping.dataset();
    }

    SourceSelect select() {
        return new SourceSelect(mapping);
    }

    TargetSelect targetSelect() {
        return new TargetSelect(mapping);
    }

    /** The target's documents as bytes. */
    MongoCollection<RawDocument> documents() {
        return database.getCollection(config().target().collection(), RawDocument.class)
                .withCodecRegistry(CodecRegistries.fromRegistries(
                        CodecRegistries.fromCodecs(new RawDocumentCodec()), database.getCodecRegistry()));
    }
}
