package io.plumbline.stores.mapping;

import io.plumbline.stores.Content;

/** A source row's mapped values: as they were converted, which is what a repair writes, and as they are compared. */
public final class SourceContent implements Content {

    private final DatasetMapping mapping;
    private final Cells converted;
    private final Cells values;

    SourceContent(DatasetMapping mapping, Cells converted, Cells values) {
        this.mapping = mapping;
        this.converted = converted;
        this.values = values;
    }

    Cells values() {
        return values;
    }

    /** What a repair writes. */
    public TargetContent planned() {
        return mapping.planned(converted);
    }

    @Override
    public String digest() {
        return ContentDigest.of(values);
    }

    @Override
    public String json() {
        return planned().json();
    }
}
